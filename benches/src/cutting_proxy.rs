//! A network that breaks: passes bytes on to the edge and cuts each connection in the middle of what comes back.

use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy},
    net::{TcpListener, TcpStream},
};

/// Serves on a free loopback port; returns the origin. Connections are cut after a random number of bytes up to `most`.
pub async fn serve(origin: &str, most: usize) -> anyhow::Result<String> {
    let edge = origin.trim_start_matches("http://").to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let proxy = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move {
        while let Ok((browser, _)) = listener.accept().await {
            let edge = edge.clone();
            let until = rand::random_range(1..most);
            tokio::spawn(async move { pass(browser, &edge, until).await });
        }
    });
    Ok(proxy)
}

async fn pass(browser: TcpStream, edge: &str, mut until: usize) -> std::io::Result<()> {
    let server = TcpStream::connect(edge).await?;
    let (mut from_browser, mut to_browser) = browser.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let asking = tokio::spawn(async move { copy(&mut from_browser, &mut to_server).await });
    let mut buffer = [0; 512];
    while until > 0 {
        let most = until.min(buffer.len());
        // Nothing for so long: the line is taken down all the same.
        let read = tokio::time::timeout(Duration::from_secs(5), from_server.read(&mut buffer[..most])).await;
        let read = read.unwrap_or(Ok(0))?;
        if read == 0 {
            break;
        }
        to_browser.write_all(&buffer[..read]).await?;
        until -= read;
    }
    asking.abort();
    Ok(())
}
