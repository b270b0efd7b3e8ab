//! What a lesson links to inside its pack: found, looked up, and said where it is missing.

use super::{
    FileKind, PackFault,
    fault::Found,
    lesson::PackLesson,
    lesson_text::LessonText,
    pack::{is_relative, path_in_pack},
    video::Source,
    why::Why,
};
use crate::lesson::markdown::{self, LinkKind};

/// What lies at a path of the pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// A lesson, which is a page and no file.
    Lesson,
    /// A file that is served.
    Served,
    /// A file of a kind that is kept and not served.
    Kept,
    /// A file that is not what the end of its name says.
    Fake,
    Missing,
}

impl Shelf {
    /// A file, by its path and at least the first bytes of its content.
    pub fn of(path: &str, content: &[u8]) -> Self {
        match FileKind::of(path, content) {
            Some(_) => Self::Served,
            None if FileKind::is_known(path) => Self::Fake,
            None => Self::Kept,
        }
    }
}

/// What lies at a path, and the path as the pack has it; where nothing does, and if it is asked for, the path that was
/// probably meant.
pub type LookUp<'l> = &'l dyn Fn(&str, bool) -> (Shelf, Option<String>);

/// For how many links of a lesson that lead nowhere it is looked up what was probably meant.
const MAX_MEANT: usize = 50;
/// Longest address shown in a remark, in characters.
const MAX_SHOWN: usize = 200;

/// The paths of the files a lesson links to, in order, each once. A picture or film that is not there is a fault; of
/// a link that leads nowhere the words stay, with a remark.
pub fn linked(
    lesson: &PackLesson,
    text: &LessonText,
    look_up: LookUp<'_>,
    found: &mut Found,
    remarks: &mut Vec<PackFault>,
) -> Vec<String> {
    let (mut paths, mut missing) = (Vec::new(), 0);
    let (inside, outside): (Vec<_>, Vec<_>) = links(lesson, text)
        .into_iter()
        .partition(|link| link.kind != LinkKind::Frame && is_relative(&link.destination));
    remarks.extend(outside.iter().filter_map(|link| Some(PackFault::at(&lesson.file, link.line, link.unshown()?))));
    for link in inside {
        let at = |why: Why| PackFault { field: link.field.clone(), ..PackFault::at(&lesson.file, link.line, why) };
        let Some(path) = path_in_pack(&lesson.file, &link.destination) else {
            link.missed(at(Why::LinkLeadsOut { link: link.destination.clone() }), found, remarks);
            continue;
        };
        let (shelf, near) = look_up(&path, missing < MAX_MEANT);
        let path = if shelf == Shelf::Missing { path } else { near.clone().unwrap_or(path) };
        match shelf {
            Shelf::Lesson => {}
            // Notes for the helper, such as reference.md, are not for students.
            _ if is_markdown(&path) => {}
            Shelf::Served if paths.contains(&path) => {}
            Shelf::Served => paths.push(path),
            Shelf::Fake => found.add(PackFault::of_file(&path, Why::NotWhatItsNameSays)),
            Shelf::Missing => {
                missing += 1;
                let why = match near {
                    Some(meant) => Why::LinkNearly { path, meant },
                    None => Why::LinkToNothing { path },
                };
                link.missed(at(why), found, remarks);
            }
            Shelf::Kept => remarks.push(at(Why::LinkToUnshown { path })),
        }
    }
    paths
}

/// A link within the pack and the line of the file it stands on.
struct Link {
    destination: String,
    line: u64,
    kind: LinkKind,
    /// The field it is the value of; none in the text.
    field: Option<String>,
}

impl Link {
    /// What students do not see of a link that leads out of the pack; of words, nothing is missing.
    fn unshown(&self) -> Option<Why> {
        let link = shortened(&self.destination);
        match self.kind {
            LinkKind::Words => None,
            LinkKind::Frame => Some(Why::FrameNotShown { link }),
            LinkKind::Shown | LinkKind::ShownByHtml
                if self.destination.is_empty() || self.destination.starts_with("/files/") =>
            {
                None
            }
            _ if self.destination.starts_with("data:") => Some(Why::PictureInText),
            LinkKind::Shown | LinkKind::ShownByHtml => Some(Why::PictureElsewhere { link }),
        }
    }

    fn missed(&self, fault: PackFault, found: &mut Found, remarks: &mut Vec<PackFault>) {
        if self.kind == LinkKind::Shown { found.add(fault) } else { remarks.push(fault) }
    }
}

fn links(lesson: &PackLesson, text: &LessonText) -> Vec<Link> {
    let in_body = markdown::links(&lesson.body).into_iter().map(|link| Link {
        line: text.body_starts_after + link.line,
        kind: link.kind,
        field: None,
        destination: link.destination,
    });
    let films = lesson.videos.iter().filter_map(|one| match &one.video.source {
        Source::File(path) => Some(Link {
            line: one.line,
            kind: LinkKind::Shown,
            field: Some(one.field.clone()),
            destination: path.clone(),
        }),
        _ => None,
    });
    in_body.chain(films).collect()
}

fn shortened(link: &str) -> String {
    if link.chars().count() <= MAX_SHOWN {
        link.to_owned()
    } else {
        link.chars().take(MAX_SHOWN).chain(['…']).collect()
    }
}

/// Whether the end of its name says that a file is Markdown.
pub fn is_markdown(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("md"))
}
