//! The real program as a process of its own, to be stopped and killed by real signals.

use super::{app::System, eventually};
use std::{
    net::{SocketAddr, TcpListener},
    process::{Child, Command, Stdio},
};

/// A running `helper-server`.
pub struct Program {
    child: Child,
    pub address: SocketAddr,
}

impl Program {
    /// Starts it and waits until it is ready.
    pub async fn start(system: &System) -> Self {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let settings = system.settings().into_iter().filter(|setting| !setting.starts_with("--listen="));
        let child = Command::new(env!("CARGO_BIN_EXE_helper-server"))
            .arg("serve")
            .args(settings)
            .arg(format!("--listen={address}"))
            .env("RUST_LOG", "warn")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let program = Self { child, address };
        eventually("the program is ready", || async {
            let ready = super::app::client().get(format!("http://{address}/readyz")).send().await;
            ready.is_ok_and(|response| response.status().is_success()).then_some(())
        })
        .await;
        program
    }

    /// Sends a signal by name.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// Waits for its end.
    pub fn wait(&mut self) {
        self.child.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
