//! The videos of a lesson, as its front matter lists them.

use super::{FileKind, PackFault, fault::Found, pack::is_relative, sheet::Sheet, why::Why};
use serde::{Deserialize, Serialize};

/// One video.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Video {
    pub id: String,
    pub title: String,
    pub minutes: Option<u32>,
    /// What one can do after watching.
    pub outcome: String,
    pub source: Source,
}

/// Where a video comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A file of the pack. As a pack has it, the path as the lesson writes it; once published, an address relative to
    /// the lesson's.
    File(String),
    /// A path of this site.
    Site(String),
    /// An http or https address elsewhere.
    Web(String),
    /// The id YouTube knows it by.
    Youtube(String),
}

/// A video of a pack, with the line it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackVideo {
    pub video: Video,
    pub line: u64,
    /// The field that says where it is.
    pub field: String,
}

/// Reads the list `videos`. An entry that does not say where the video is, is only kept.
pub fn all(front: &Sheet, found: &mut Found) -> Vec<PackVideo> {
    let (entries, bad) = front.mappings_and_faults("videos");
    found.add_all(bad);
    let mut videos = Vec::new();
    for (entry, number) in entries.iter().zip(1..) {
        let video = one(entry, number);
        videos.extend(found.take(video).map(|video| PackVideo {
            video,
            line: entry.line(),
            field: format!("videos[{number}].url"),
        }));
    }
    videos
}

fn one(entry: &Sheet, number: usize) -> Result<Option<Video>, PackFault> {
    let url = entry.text("url")?.unwrap_or_default();
    let youtube = entry.text("youtube_id")?.unwrap_or_default();
    let source = if youtube.is_empty() { source_of(entry, url)? } else { Some(youtube_id(entry, &youtube)?) };
    let minutes = entry.text("minutes")?.unwrap_or_default();
    let title = entry.text("title")?.unwrap_or_default();
    let id = entry.text("id")?.filter(|id| !id.is_empty()).unwrap_or_else(|| number.to_string());
    let video = Video {
        minutes: (!minutes.is_empty()).then(|| whole_minutes(entry, &minutes)).transpose()?,
        outcome: entry.text("outcome")?.unwrap_or_default(),
        title: if title.is_empty() { id.clone() } else { title },
        source: Source::Site(String::new()),
        id,
    };
    Ok(source.map(|source| Video { source, ..video }))
}

fn source_of(entry: &Sheet, url: String) -> Result<Option<Source>, PackFault> {
    let web = url.starts_with("https://") || url.starts_with("http://");
    if url.is_empty() {
        return Ok(None);
    }
    if let Some(id) = web.then(|| id_in(&url)).flatten() {
        return Ok(Some(Source::Youtube(id.to_owned())));
    }
    Ok(Some(match url {
        url if web => Source::Web(url),
        url if url.starts_with('/') && !url.starts_with("//") && !url.contains('\\') => Source::Site(url),
        url if lacks_scheme(&url) => {
            return Err(entry.fault("url", Why::VideoNeedsScheme { address: format!("https://{url}") }));
        }
        // `TBD` is no file.
        url if is_relative(&url) && url.contains(['.', '/']) => Source::File(url),
        _ => return Err(entry.fault("url", Why::NotAVideoAddress)),
    }))
}

/// Whether an address starts with the name of its site: `youtube.com/watch?v=…`.
fn lacks_scheme(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let site = path.split('/').next().unwrap_or_default();
    let names_site = site.contains('.') && !site.starts_with('.') && !site.ends_with('.');
    is_relative(url) && names_site && !FileKind::is_known(path) && site.len() < url.len()
}

fn youtube_id(entry: &Sheet, text: &str) -> Result<Source, PackFault> {
    let id = id_in(text).unwrap_or(text);
    let wanted = || entry.fault("youtube_id", Why::NotAYoutubeId);
    is_youtube_id(id).then(|| Source::Youtube(id.to_owned())).ok_or_else(wanted)
}

/// The id in one of YouTube's addresses.
fn id_in(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let (host, path) = rest.split_once('/')?;
    let host = host.trim_start_matches("www.").trim_start_matches("m.");
    let start = match host {
        "youtu.be" => path,
        "youtube.com" | "youtube-nocookie.com" => match path.split_once("v=") {
            Some((before, after)) if before.starts_with("watch?") => after,
            _ => ["embed/", "shorts/", "live/"].into_iter().find_map(|start| path.strip_prefix(start))?,
        },
        _ => return None,
    };
    let id = start.split(['?', '&', '#', '/']).next().unwrap_or_default();
    is_youtube_id(id).then_some(id)
}

fn is_youtube_id(id: &str) -> bool {
    id.len() == 11 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

fn whole_minutes(entry: &Sheet, text: &str) -> Result<u32, PackFault> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let more = u32::from(fraction.bytes().any(|digit| digit != b'0'));
    let digits = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let minutes = whole.parse::<u32>().ok().filter(|whole| digits && *whole < 1000).map(|whole| whole + more);
    minutes.ok_or_else(|| entry.fault("minutes", Why::NotMinutes))
}

#[cfg(test)]
mod tests {
    use super::{Found, Sheet, Source, Video, all};

    fn videos(yaml: &str) -> Result<Vec<Video>, String> {
        let mut found = Found::default();
        let videos = all(&Sheet::parse("a.md", yaml, 1).unwrap(), &mut found);
        found.settle().map_err(|faults| faults.to_string())?;
        Ok(videos.into_iter().map(|one| one.video).collect())
    }

    #[test]
    fn a_video_is_a_file_an_address_or_youtube_s() {
        let youtube = || Source::Youtube("dQw4w9WgXcQ".to_owned());
        for (entry, source) in [
            ("url: ../assets/film.mp4", Source::File("../assets/film.mp4".to_owned())),
            ("url: film.v2/a.mp4", Source::File("film.v2/a.mp4".to_owned())),
            ("url: film.mov", Source::File("film.mov".to_owned())),
            ("url: /files/a/film.mp4", Source::Site("/files/a/film.mp4".to_owned())),
            ("url: https://video.example/a.mp4", Source::Web("https://video.example/a.mp4".to_owned())),
            ("youtube_id: dQw4w9WgXcQ", youtube()),
            ("url: https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3", youtube()),
            ("url: https://youtu.be/dQw4w9WgXcQ?t=3", youtube()),
            ("youtube_id: https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", youtube()),
        ] {
            let videos = videos(&format!("videos:\n  - title: Film\n    minutes: 2.5\n    {entry}\n")).unwrap();
            assert_eq!((&videos[0].source, videos[0].minutes), (&source, Some(3)), "{entry}");
        }
        assert_eq!(videos("videos:\n  - {id: later, title: To be filmed, url: '', youtube_id: ''}\n"), Ok(vec![]));
    }

    #[test]
    fn anything_else_is_named() {
        for (entry, expected) in [
            ("url: 'javascript:alert(1)'", "a.md, line 3, videos[1].url: must be a file of the pack"),
            ("url: //evil.example/a.mp4", "videos[1].url"),
            ("url: TBD", "videos[1].url: must be a file of the pack"),
            (
                "url: youtube.com/watch?v=dQw4w9WgXcQ",
                "videos[1].url: must start with https://: write https://youtube.com/watch?v=dQw4w9WgXcQ",
            ),
            ("url: www.a.example/film", "must start with https://"),
            ("youtube_id: short", "videos[1].youtube_id: must be the eleven"),
            ("{url: a.mp4, minutes: soon}", "videos[1].minutes: must be a number"),
        ] {
            let fault = videos(&format!("videos:\n  - {entry}\n")).unwrap_err();
            assert!(fault.contains(expected), "{fault}");
        }
    }
}
