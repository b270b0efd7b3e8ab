//! How a certificate looks. Lengths are in points from the top left corner, y downwards.

use super::{
    Paper,
    colour::Inks,
    fonts::Face,
    text::{Style, Typeset, Typesetter},
};
use crate::{t, web::Words};
use anyhow::anyhow;
use krilla::{
    action::{Action, LinkAction},
    annotation::{Annotation, LinkAnnotation, Target},
    color::rgb,
    geom::{Path, PathBuilder, Rect, Transform},
    num::NormalizedF32,
    page::Page,
    paint::{Fill, FillRule, Stroke},
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, Node, SpanTag, Tag, TagGroup, TagKind},
};
use parley::Alignment;
use qrcode::{Color, QrCode};
use std::num::NonZeroU16;

/// A4, lying.
pub(super) const WIDTH: f32 = 841.89;
pub(super) const HEIGHT: f32 = 595.28;

/// Text keeps this far from the edges.
const MARGIN: f32 = 92.0;
const MEASURE: f32 = WIDTH - 2.0 * MARGIN;
/// Side of the square that cameras read.
const QR_SIDE: f32 = 72.0;
/// Where what is at the foot ends.
const FOOT: f32 = HEIGHT - 62.0;

/// What a certificate is called.
pub(super) fn heading(words: Words) -> &'static str {
    t!(words, "certificate-word")
}

/// Letters of `text` that cannot be written.
pub(super) fn missing(typesetter: &mut Typesetter, text: &str) -> usize {
    let style =
        Style { face: Face::Display, size: 12.0, colour: rgb::Color::black(), tracking: 0.0, align: Alignment::Left };
    typesetter.set(text, style, MEASURE).missing()
}

/// A page in the making.
struct Sheet<'s, 'p> {
    surface: Surface<'s>,
    /// Of the page, from 0.
    number: usize,
    typesetter: &'p mut Typesetter,
    parts: &'p mut TagGroup,
    inks: Inks,
    missing: usize,
}

/// Draws one, notes what it is made of in reading order, and counts the letters that could not be written.
pub(super) fn draw(
    page: &mut Page<'_>,
    typesetter: &mut Typesetter,
    (number, paper): (usize, &Paper),
    parts: &mut TagGroup,
) -> anyhow::Result<usize> {
    let surface = page.surface();
    let mut sheet = Sheet { surface, number, typesetter, parts, inks: Inks::of_accent(paper.accent), missing: 0 };
    let missing = sheet.everything(paper)?;
    drop(sheet);
    link(page, paper, parts)?;
    Ok(missing)
}

impl Sheet<'_, '_> {
    fn everything(&mut self, paper: &Paper) -> anyhow::Result<usize> {
        self.frame()?;
        self.wording(paper);
        self.foot(paper)?;
        Ok(self.missing)
    }

    /// Two lines around the page, the outer one strong, and the mark at its foot.
    fn frame(&mut self) -> anyhow::Result<()> {
        let (accent, faint) = (self.inks.accent, self.inks.faint);
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        self.line(&frame(26.0)?, accent, 1.6);
        self.line(&frame(32.0)?, faint, 0.7);
        self.mark(WIDTH / 2.0 - 31.0, HEIGHT - 51.5, 12.0)?;
        self.surface.end_tagged();
        let style = plain(7.5, self.inks.soft, Alignment::Left);
        let name = self.typesetter.set("Class Hub", style, 80.0);
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        self.typesetter.draw(&mut self.surface, &name, WIDTH / 2.0 - 14.0, HEIGHT - 50.3);
        self.surface.end_tagged();
        Ok(())
    }

    /// From the school's name to the line about what was done.
    fn wording(&mut self, paper: &Paper) {
        let (ink, soft, accent) = (self.inks.ink, self.inks.soft, self.inks.accent);
        let centred = Alignment::Center;
        let organisation = Style { tracking: 2.2, ..plain(11.5, soft, centred) };
        let set = self.typesetter.fit(&paper.organisation.to_uppercase(), organisation, 8.0, MEASURE);
        self.paragraph(&set, MARGIN, 74.0, Tag::P.into());

        let title = Style { tracking: 0.6, ..display(46.0, accent, centred) };
        let set = self.typesetter.fit(heading(paper.words), title, 30.0, MEASURE);
        let level = Tag::Hn(NonZeroU16::MIN, Some(heading(paper.words).to_owned()));
        self.paragraph(&set, MARGIN, 98.0, level.into());

        let small = plain(11.5, soft, centred);
        let set = self.typesetter.set(t!(paper.words, "certificate-this-is"), small, MEASURE);
        self.paragraph(&set, MARGIN, 182.0, Tag::P.into());

        let name = display(44.0, ink, centred);
        let set = self.typesetter.fit(&paper.name, name, 18.0, MEASURE);
        self.paragraph(&set, MARGIN, 240.0 - set.height() / 2.0, Tag::P.into());
        self.rule(WIDTH / 2.0 - 150.0, 282.0, 300.0);

        let set = self.typesetter.set(t!(paper.words, "certificate-has-done"), small, MEASURE);
        self.paragraph(&set, MARGIN, 296.0, Tag::P.into());

        let course = display(25.0, accent, centred);
        let set = self.typesetter.fit(&paper.title, course, 18.0, MEASURE - 40.0);
        let top = 322.0;
        let below = top + set.height().max(32.0) + 8.0;
        self.paragraph(&set, MARGIN + 20.0, top, Tag::P.into());

        if !paper.statement.is_empty() {
            let about = plain(11.5, ink, centred);
            let set = self.typesetter.fit(&paper.statement, about, 10.0, MEASURE - 100.0);
            self.paragraph(&set, MARGIN + 50.0, below, Tag::P.into());
        }
    }

    /// The day, who signs, and how to look it up.
    fn foot(&mut self, paper: &Paper) -> anyhow::Result<()> {
        let (ink, soft) = (self.inks.ink, self.inks.soft);
        let value = display(14.0, ink, Alignment::Left);
        let label = plain(8.5, soft, Alignment::Left);
        let column = 172.0;
        let (left, beside) = (MARGIN - 20.0, MARGIN - 20.0 + column + 36.0);
        self.rule(left, FOOT - 25.0, column);
        self.rule(beside, FOOT - 25.0, column);
        let set = self.typesetter.fit(&paper.day, value, 9.0, column);
        self.paragraph(&set, left, FOOT - 29.0 - set.height(), Tag::P.into());
        let set = self.typesetter.set(t!(paper.words, "certificate-day"), label, column);
        self.paragraph(&set, left, FOOT - 20.0, Tag::P.into());
        // Above this line a hand signs.
        let signatory = plain(9.5, ink, Alignment::Left);
        let set = self.typesetter.fit(&paper.signatory, signatory, 7.0, column);
        self.paragraph(&set, beside, FOOT - 20.5, Tag::P.into());
        let right = WIDTH - MARGIN + 20.0;
        self.look_up(paper, right)
    }

    /// The QR code at the right, and beside it what it says.
    fn look_up(&mut self, paper: &Paper, right: f32) -> anyhow::Result<()> {
        let (ink, soft) = (self.inks.ink, self.inks.soft);
        let (left, top) = (right - QR_SIDE, FOOT - QR_SIDE);
        let modules = qr(&paper.address, left, top)?;
        let figure = self.surface.start_tagged(ContentTag::Other);
        self.fill(&modules, rgb::Color::black());
        self.surface.end_tagged();
        let said = t!(paper.words, "certificate-qr", address = paper.address.clone());
        let bounds = krilla::tagging::BBox::new(self.number, rect(left, top, QR_SIDE, QR_SIDE)?);
        self.parts
            .push(TagGroup::with_children(Tag::Figure(Some(said)).with_bbox(Some(bounds)), vec![Node::Leaf(figure)]));
        let width = 168.0;
        let x = left - 12.0 - width;
        let style = plain(8.5, soft, Alignment::Right);
        let code = Style { tracking: 0.6, ..plain(10.0, ink, Alignment::Right) };
        let code = self.typesetter.fit(&paper.code, code, 8.0, width);
        self.paragraph(&code, x, FOOT - 22.0 - code.height(), Tag::P.into());
        let place = paper.address.rsplit_once('/').map_or(paper.address.as_str(), |(place, _)| place);
        let set = self.typesetter.fit(t!(paper.words, "certificate-look-up"), style, 7.0, width);
        self.paragraph(&set, x, FOOT - 42.0 - set.height(), Tag::P.into());
        let set = self.typesetter.fit(place, style, 6.0, width);
        self.paragraph(&set, x, FOOT - 20.0, Tag::P.into());
        Ok(())
    }

    /// Draws a text and notes it as a part of the document.
    fn paragraph(&mut self, set: &Typeset, x: f32, y: f32, tag: TagKind) {
        let content = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        self.typesetter.draw(&mut self.surface, set, x, y);
        self.surface.end_tagged();
        self.parts.push(TagGroup::with_children(tag, vec![Node::Leaf(content)]));
        self.missing += set.missing();
    }

    fn rule(&mut self, x: f32, y: f32, width: f32) {
        let mut path = PathBuilder::new();
        path.move_to(x, y);
        path.line_to(x + width, y);
        if let Some(path) = path.finish() {
            let colour = self.inks.faint;
            self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
            self.line(&path, colour, 0.9);
            self.surface.end_tagged();
        }
    }

    fn line(&mut self, path: &Path, colour: rgb::Color, width: f32) {
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(Stroke { paint: colour.into(), width, ..Stroke::default() }));
        self.surface.draw_path(path);
    }

    fn fill(&mut self, path: &Path, colour: rgb::Color) {
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(Fill {
            paint: colour.into(),
            opacity: NormalizedF32::ONE,
            rule: FillRule::NonZero,
        }));
        self.surface.draw_path(path);
    }

    /// The mark of the wordmark, `side` high.
    fn mark(&mut self, x: f32, y: f32, side: f32) -> anyhow::Result<()> {
        let scale = side / 32.0;
        let (bubble, book) = (bubble()?, book()?);
        self.surface.push_transform(&Transform::from_row(scale, 0.0, 0.0, scale, x, y));
        let petrol = rgb::Color::new(0x1f, 0x5f, 0x73);
        self.fill(&bubble, petrol);
        self.line(&book, rgb::Color::new(0xff, 0xfd, 0xf8), 2.0);
        self.surface.pop();
        Ok(())
    }
}

/// The square is a link, for whoever reads it on a screen.
fn link(page: &mut Page<'_>, paper: &Paper, parts: &mut TagGroup) -> anyhow::Result<()> {
    let (left, top) = (WIDTH - MARGIN + 20.0 - QR_SIDE, FOOT - QR_SIDE);
    let target = Target::Action(Action::Link(LinkAction::new(paper.address.clone())));
    let said = t!(paper.words, "certificate-look-up").to_owned();
    let link = LinkAnnotation::new(rect(left, top, QR_SIDE, QR_SIDE)?, target);
    let link = page.add_tagged_annotation(Annotation::new_link(link, Some(said)));
    parts.push(TagGroup::with_children(Tag::Link, vec![Node::Leaf(link)]));
    Ok(())
}

fn display(size: f32, colour: rgb::Color, align: Alignment) -> Style {
    Style { face: Face::Display, size, colour, tracking: 0.0, align }
}

fn plain(size: f32, colour: rgb::Color, align: Alignment) -> Style {
    Style { face: Face::Plain, size, colour, tracking: 0.0, align }
}

fn rect(x: f32, y: f32, width: f32, height: f32) -> anyhow::Result<Rect> {
    Rect::from_xywh(x, y, width, height).ok_or_else(|| anyhow!("a rectangle has a size"))
}

fn frame(inset: f32) -> anyhow::Result<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(rect(inset, inset, WIDTH - 2.0 * inset, HEIGHT - 2.0 * inset)?);
    path.finish().ok_or_else(|| anyhow!("a frame has four sides"))
}

/// The dark modules of the QR code of `text`, without the quiet zone: the page around it is white.
#[expect(clippy::cast_precision_loss, reason = "a QR code has 177 modules at most")]
fn qr(text: &str, left: f32, top: f32) -> anyhow::Result<Path> {
    let code = QrCode::new(text)?;
    let width = code.width();
    let side = QR_SIDE / width as f32;
    let mut path = PathBuilder::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, other| one == other) {
            if run[0] == Color::Dark {
                let (x, y) = (left + x as f32 * side, top + y as f32 * side);
                path.push_rect(rect(x, y, run.len() as f32 * side, side)?);
            }
            x += run.len();
        }
    }
    path.finish().ok_or_else(|| anyhow!("a QR code has dark modules"))
}

/// The shapes of `ui/wordmark.rs`, on the same 32 × 32 grid.
fn bubble() -> anyhow::Result<Path> {
    // Of a quarter circle, how far its control points are from its ends.
    const ROUND: f32 = 3.0 * 0.552_284_8;
    let mut path = PathBuilder::new();
    path.move_to(5.0, 4.0);
    path.line_to(27.0, 4.0);
    path.cubic_to(27.0 + ROUND, 4.0, 30.0, 7.0 - ROUND, 30.0, 7.0);
    path.line_to(30.0, 22.0);
    path.cubic_to(30.0, 22.0 + ROUND, 27.0 + ROUND, 25.0, 27.0, 25.0);
    path.line_to(14.0, 25.0);
    path.line_to(7.0, 31.0);
    path.line_to(7.0, 25.0);
    path.line_to(5.0, 25.0);
    path.cubic_to(5.0 - ROUND, 25.0, 2.0, 22.0 + ROUND, 2.0, 22.0);
    path.line_to(2.0, 7.0);
    path.cubic_to(2.0, 7.0 - ROUND, 5.0 - ROUND, 4.0, 5.0, 4.0);
    path.close();
    path.finish().ok_or_else(|| anyhow!("a bubble has an outline"))
}

fn book() -> anyhow::Result<Path> {
    let mut path = PathBuilder::new();
    path.move_to(16.0, 11.0);
    path.cubic_to(13.6, 9.3, 10.6, 8.7, 7.0, 8.7);
    path.line_to(7.0, 18.9);
    path.cubic_to(10.6, 18.9, 13.6, 19.5, 16.0, 21.2);
    path.cubic_to(18.4, 19.5, 21.4, 18.9, 25.0, 18.9);
    path.line_to(25.0, 8.7);
    path.cubic_to(21.4, 8.7, 18.4, 9.3, 16.0, 11.0);
    path.close();
    path.move_to(16.0, 11.0);
    path.line_to(16.0, 21.2);
    path.finish().ok_or_else(|| anyhow!("a book has an outline"))
}
