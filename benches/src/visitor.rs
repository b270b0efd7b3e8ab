//! A browser without JavaScript, as far as the proofs need one: it keeps cookies, joins, and sends the forms of pages.

use anyhow::Context;
use futures::stream;
use reqwest::{Body, Client, Response, header, redirect};
use std::{convert::Infallible, sync::Arc, time::Duration};

/// How much of a file is handed to the network at once.
const PIECE_BYTES: usize = 64 * 1024;

/// One browser.
#[derive(Clone, Debug)]
pub struct Visitor {
    pub client: Client,
    pub base: String,
}

/// A file to be sent with a form.
#[derive(Clone, Debug)]
pub struct Attached {
    pub name: String,
    pub content: Arc<Vec<u8>>,
}

impl Visitor {
    /// A browser that has never been here.
    pub fn new(base: &str) -> anyhow::Result<Self> {
        let client = Client::builder()
            .cookie_store(true)
            .redirect(redirect::Policy::limited(5))
            .timeout(Duration::from_mins(5))
            .build()?;
        Ok(Self { client, base: base.to_owned() })
    }

    /// Joins a class through its page, under a new name.
    pub async fn join(&self, class_code: &str, name: &str) -> anyhow::Result<()> {
        let page = self.page("/").await?;
        let mut fields = hidden_fields(form(&page, "/").context("no form to join with on the start page")?);
        fields.push(("class_code".to_owned(), class_code.to_owned()));
        fields.push(("display_name".to_owned(), name.to_owned()));
        self.client
            .post(format!("{}/", self.base))
            .form(&fields)
            .send()
            .await?
            .error_for_status()
            .context("joining")?;
        Ok(())
    }

    /// A page's HTML.
    pub async fn page(&self, path: &str) -> anyhow::Result<String> {
        let answer = self.client.get(format!("{}{path}", self.base)).send().await?;
        Ok(answer.error_for_status().with_context(|| path.to_owned())?.text().await?)
    }

    /// Sends a form with a file, streamed, as the script of the page does: it asks for JSON.
    pub async fn attach(
        &self,
        path: &str,
        fields: &[(String, String)],
        field: &str,
        file: &Attached,
    ) -> reqwest::Result<Response> {
        self.post_file((path, "application/json"), fields, field, file).await
    }

    /// The same as the plain form does, without a script: it asks for a page.
    pub async fn attach_plainly(
        &self,
        path: &str,
        fields: &[(String, String)],
        field: &str,
        file: &Attached,
    ) -> reqwest::Result<Response> {
        self.post_file((path, "text/html"), fields, field, file).await
    }

    async fn post_file(
        &self,
        (path, accept): (&str, &'static str),
        fields: &[(String, String)],
        field: &str,
        file: &Attached,
    ) -> reqwest::Result<Response> {
        const BOUNDARY: &str = "----class-hub-proof-7d1f";
        let mut head = String::new();
        for (name, value) in fields {
            head.push_str(&format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            ));
        }
        head.push_str(&format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n",
            file.name
        ));
        let tail = format!("\r\n--{BOUNDARY}--\r\n");
        let length = head.len() + file.content.len() + tail.len();
        self.client
            .post(format!("{}{path}", self.base))
            .header(header::ACCEPT, accept)
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
            .header(header::CONTENT_LENGTH, length)
            .body(pieces(head, file.content.clone(), tail))
            .send()
            .await
    }
}

fn pieces(head: String, content: Arc<Vec<u8>>, tail: String) -> Body {
    let count = content.len().div_ceil(PIECE_BYTES);
    let of_file = move |number: usize| {
        let end = content.len().min((number + 1) * PIECE_BYTES);
        content[number * PIECE_BYTES..end].to_vec()
    };
    let all =
        std::iter::once(head.into_bytes()).chain((0..count).map(of_file)).chain(std::iter::once(tail.into_bytes()));
    Body::wrap_stream(stream::iter(all.map(Ok::<_, Infallible>)))
}

/// The HTML of the first form that is sent to `action`.
pub fn form<'a>(html: &'a str, action: &str) -> Option<&'a str> {
    let sent_to =
        |form: &&str| form.split('>').next().and_then(|tag| attribute(tag, "action")).as_deref() == Some(action);
    html.split("<form").skip(1).filter_map(|rest| rest.split("</form>").next()).find(sent_to)
}

/// Name and value of every hidden input.
pub fn hidden_fields(html: &str) -> Vec<(String, String)> {
    let inputs = html.split("<input").skip(1).filter_map(|rest| rest.split('>').next());
    inputs
        .filter(|input| input.contains("type=\"hidden\""))
        .filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value").unwrap_or_default())))
        .collect()
}

/// The value of an attribute of one tag.
pub fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    Some(tag[start..].split('"').next()?.to_owned())
}
