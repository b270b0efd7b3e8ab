//! A connection to a neighbour that a test can cut and mend.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// A TCP proxy.
#[derive(Clone)]
pub struct Link {
    pub address: SocketAddr,
    up: Arc<AtomicBool>,
    cuts: Arc<watch::Sender<()>>,
}

impl Link {
    pub async fn to(neighbour: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let link = Self {
            address: listener.local_addr().unwrap(),
            up: Arc::new(AtomicBool::new(true)),
            cuts: Arc::new(watch::channel(()).0),
        };
        tokio::spawn(link.clone().carry(listener, neighbour));
        link
    }

    async fn carry(self, listener: TcpListener, neighbour: String) {
        while let Ok((mut near, _)) = listener.accept().await {
            if !self.up.load(Ordering::SeqCst) {
                continue;
            }
            let (mut cuts, neighbour) = (self.cuts.subscribe(), neighbour.clone());
            tokio::spawn(async move {
                let Ok(mut far) = TcpStream::connect(neighbour).await else { return };
                tokio::select! {
                    _ = copy_bidirectional(&mut near, &mut far) => {}
                    _ = cuts.changed() => {}
                }
            });
        }
    }

    /// Ends all connections; new ones are closed at once.
    pub fn cut(&self) {
        self.up.store(false, Ordering::SeqCst);
        self.cuts.send_replace(());
    }

    pub fn mend(&self) {
        self.up.store(true, Ordering::SeqCst);
    }
}
