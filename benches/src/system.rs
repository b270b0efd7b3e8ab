//! The system a proof program runs against, as `scripts/bench` describes it in a JSON file.

use anyhow::Context;
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Output, Stdio},
    time::Duration,
};
use tokio::process::{Child, Command};

/// Where everything is.
#[derive(Debug, Deserialize)]
pub struct System {
    /// Origin of the edge, as a browser uses it.
    pub base_url: String,
    /// Origin of the hub itself, past the edge.
    pub hub_url: String,
    pub class_code: String,
    /// The whole database, for reading what both servers wrote.
    pub admin_database_url: String,
    pub staff_email: String,
    pub staff_password: String,
    pub totp_secret: String,
    /// The script that starts and stops its parts, and the folder it does so for.
    demo: PathBuf,
    local: PathBuf,
    /// The folder with the logs of all parts.
    pub logs: PathBuf,
    pub hub: Program,
    pub helper: Program,
}

/// A server's program and the environment it runs in.
#[derive(Debug, Deserialize)]
pub struct Program {
    pub binary: PathBuf,
    pub environment: BTreeMap<String, String>,
    /// Origin of the server itself, past the edge.
    pub url: String,
    pub log: PathBuf,
}

impl System {
    /// Reads the description.
    pub fn load(path: &Path) -> anyhow::Result<Self> {
        let text = fs::read(path).with_context(|| format!("no system description at {}", path.display()))?;
        serde_json::from_slice(&text).with_context(|| format!("{} does not describe a system", path.display()))
    }

    /// The process that is one of its parts.
    pub fn pid(&self, part: &str) -> anyhow::Result<u32> {
        let file = self.local.join("run").join(part).with_extension("pid");
        let text = fs::read_to_string(&file).with_context(|| format!("{part} does not run"))?;
        let pid = text.split_whitespace().next().context("its pid")?;
        Ok(pid.parse()?)
    }

    /// Stops one of its parts (postgres, redis, hub, helper, caddy) and starts it again.
    pub async fn restart(&self, part: &str) -> anyhow::Result<()> {
        for action in ["--stop", "--start"] {
            let mut command = Command::new(&self.demo);
            command.args([action, part]).env("CLASS_HUB_LOCAL", &self.local);
            let output = command.stdin(Stdio::null()).output().await?;
            let said = String::from_utf8_lossy(&output.stderr);
            anyhow::ensure!(output.status.success(), "{} {action} {part}: {said}", self.demo.display());
        }
        Ok(())
    }
}

impl Program {
    /// Starts the program with some settings changed and waits until it is ready.
    pub async fn start(&self, changes: &[(&str, String)]) -> anyhow::Result<Child> {
        let log = File::options().create(true).append(true).open(&self.log)?;
        let mut command = Command::new(&self.binary);
        command.env_clear().envs(&self.environment).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).kill_on_drop(true);
        for (name, value) in changes {
            command.env(name, value);
        }
        let mut child = command.spawn().with_context(|| format!("cannot start {}", self.binary.display()))?;
        self.wait_until_alive(&mut child).await?;
        Ok(child)
    }

    /// Runs one of the program's commands to its end.
    pub async fn run(&self, arguments: &[&str]) -> anyhow::Result<Output> {
        let mut command = Command::new(&self.binary);
        command.args(arguments).env_clear().envs(&self.environment).stdin(Stdio::null());
        command.output().await.with_context(|| format!("cannot run {}", self.binary.display()))
    }

    async fn wait_until_alive(&self, child: &mut Child) -> anyhow::Result<()> {
        let client = reqwest::Client::new();
        for _ in 0..1000 {
            if let Some(status) = child.try_wait()? {
                anyhow::bail!("{} ended at start with {status}; see {}", self.binary.display(), self.log.display());
            }
            if client.get(format!("{}/healthz", self.url)).send().await.is_ok_and(|answer| answer.status().is_success())
            {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        anyhow::bail!("{} was not alive after ten seconds; see {}", self.binary.display(), self.log.display())
    }
}
