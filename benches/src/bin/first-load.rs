//! What a browser without a cache fetches to show the lesson page with its chat: joins the class as a
//! new student, opens the first lesson, and counts the bytes of the page and of all it asks for, bodies
//! as sent (compressed) and headers as written in HTTP/1.1.

use anyhow::Context;
use benches::{
    arguments::Arguments,
    report,
    system::System,
    visitor::{Visitor, attribute},
};
use clap::Parser;
use reqwest::{Client, Response, header};
use std::{collections::BTreeSet, path::Path, process::ExitCode};

const NAME: &str = "first-load";
/// Most the page may weigh in all, in bytes.
const BUDGET: usize = 150_000;
/// Most of it that the WASM may be, in bytes.
const WASM_BUDGET: usize = 120_000;

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let system = Arguments::parse().system()?;
    let visitor = Visitor::new(&system.base_url)?;
    let client = &visitor.client;
    let lesson = lesson_of_a_new_student(&visitor, &system).await?;

    println!("{:<52} {:>9} {:>8}", "address", "bytes", "coding");
    let (html, mut total) = fetch(client, &system.base_url, &lesson).await?;
    let html = String::from_utf8(html)?;
    let mut wasm = 0;
    let resources = resources(&html, &lesson);
    anyhow::ensure!(resources.iter().any(|path| is_wasm(path)), "the lesson page loads no WASM");
    for path in &resources {
        let (_, bytes) = fetch(client, &system.base_url, path).await?;
        total += bytes;
        if is_wasm(path) {
            wasm += bytes;
        }
    }
    let holds = total <= BUDGET && wasm <= WASM_BUDGET;
    Ok(report::close(
        NAME,
        holds,
        &[("total_bytes", &total), ("wasm_bytes", &wasm), ("requests", &(resources.len() + 1))],
    ))
}

/// Joins through the pages and returns the path of the first lesson.
async fn lesson_of_a_new_student(visitor: &Visitor, system: &System) -> anyhow::Result<String> {
    visitor.join(&system.class_code, &format!("First Load {:x}", std::process::id())).await?;
    let home = visitor.page("/student").await?;
    let start = home.find("/student/lessons/").context("no lesson on the student's page")?;
    Ok(home[start..].chars().take_while(|c| !"\"' >?#".contains(*c)).collect())
}

/// Every local address the page at `path` loads by itself: stylesheets, scripts, modules, WASM, icons, images.
fn resources(html: &str, path: &str) -> BTreeSet<String> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let from_root = |src: String| if src.starts_with('/') { src } else { format!("{folder}/{src}") };
    let assets = html.split(['"', '\'']).filter(|word| word.starts_with("/pkg/")).map(str::to_owned);
    let images = html.split("<img").skip(1).filter_map(|tag| attribute(tag.split('>').next()?, "src")).map(from_root);
    assets.chain(images).collect()
}

fn is_wasm(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "wasm")
}

/// Fetches one address and prints what it weighed. Returns the plain body and the bytes on the wire.
async fn fetch(client: &Client, base: &str, path: &str) -> anyhow::Result<(Vec<u8>, usize)> {
    let ask = |coding: &'static str| client.get(format!("{base}{path}")).header(header::ACCEPT_ENCODING, coding).send();
    let sent = ask("br, gzip").await?.error_for_status().with_context(|| path.to_owned())?;
    let headers = header_bytes(&sent);
    let coding = sent.headers().get(header::CONTENT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or("-").to_owned();
    let bytes = headers + sent.bytes().await?.len();
    let plain = ask("identity").await?.error_for_status()?.bytes().await?.to_vec();
    let shown: String = path.chars().take(52).collect();
    println!("{shown:<52} {bytes:>9} {coding:>8}");
    Ok((plain, bytes))
}

fn header_bytes(response: &Response) -> usize {
    const STATUS_LINE_AND_END: usize = "HTTP/1.1 200 OK\r\n\r\n".len();
    const COLON_AND_LINE_END: usize = 4;
    let headers = response.headers().iter();
    headers.map(|(name, value)| name.as_str().len() + value.len() + COLON_AND_LINE_END).sum::<usize>()
        + STATUS_LINE_AND_END
}
