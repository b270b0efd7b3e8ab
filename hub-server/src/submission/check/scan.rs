//! The scanner a school may have: clamd, which is sent the file over its socket, or a program.

use super::Refusal;
use crate::config::{Scanner, ScannerSettings, WhenAway};
use anyhow::{Context, bail};
use std::{path::Path, process::Stdio, time::Duration};
use tokio::{
    fs::File,
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpStream, UnixStream},
    process::Command,
};

/// A scanner's answer is one line.
const MAX_ANSWER_BYTES: u64 = 4096;

/// `Ok` where the scanner finds nothing, or where there is none.
pub(super) async fn clean(path: &Path, settings: &ScannerSettings) -> Result<(), Refusal> {
    let patience = Duration::from_secs(settings.timeout_s.max(1));
    let found = tokio::time::timeout(patience, ask(path, &settings.scanner)).await;
    match found.context("no answer in time").and_then(|found| found) {
        Ok(true) => Ok(()),
        Ok(false) => {
            tracing::warn!("the scanner refused a file");
            Err(Refusal::Infected)
        }
        Err(error) => {
            tracing::error!(error = format!("{error:#}"), "the scanner does not answer");
            if settings.when_away == WhenAway::Accept { Ok(()) } else { Err(Refusal::ScannerAway) }
        }
    }
}

async fn ask(path: &Path, scanner: &Scanner) -> anyhow::Result<bool> {
    match scanner {
        Scanner::None => Ok(true),
        Scanner::ClamdTcp(address) => in_stream(TcpStream::connect(address).await?, path).await,
        Scanner::ClamdUnix(socket) => in_stream(UnixStream::connect(socket).await?, path).await,
        Scanner::Command(program) => run(program, path).await,
    }
}

/// clamd's `INSTREAM`: pieces with their length before them, an empty one at the end, then its verdict.
async fn in_stream(mut clamd: impl AsyncRead + AsyncWrite + Unpin, path: &Path) -> anyhow::Result<bool> {
    let mut file = File::open(path).await?;
    clamd.write_all(b"zINSTREAM\0").await?;
    let mut piece = vec![0; 64 * 1024];
    loop {
        let read = file.read(&mut piece).await?;
        clamd.write_u32(u32::try_from(read)?).await?;
        if read == 0 {
            break;
        }
        clamd.write_all(&piece[..read]).await?;
    }
    clamd.flush().await?;
    let mut answer = Vec::new();
    clamd.take(MAX_ANSWER_BYTES).read_to_end(&mut answer).await?;
    let answer = String::from_utf8_lossy(&answer);
    let answer = answer.trim_end_matches(['\0', '\n']);
    match answer.rsplit(' ').next() {
        Some("OK") => Ok(true),
        Some("FOUND") => Ok(false),
        _ => bail!("clamd says: {answer}"),
    }
}

async fn run(program: &Path, path: &Path) -> anyhow::Result<bool> {
    let mut scanner = Command::new(program);
    scanner.arg(path).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    match scanner.status().await?.code() {
        Some(0) => Ok(true),
        Some(1) => Ok(false),
        code => bail!("the scanner ended with {code:?}"),
    }
}
