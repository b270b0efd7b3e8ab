//! Text as it is set: shaped, put in the order its script is read in, broken into lines, and drawn.

use super::fonts::{Face, Fonts};
use krilla::{
    color::rgb,
    geom::Point,
    num::NormalizedF32,
    paint::{Fill, FillRule},
    surface::Surface,
    text::{Font, GlyphId, KrillaGlyph},
};
use parley::{
    Alignment, AlignmentOptions, FontFamily, Language, Layout, LayoutContext, LineHeight, OverflowWrap, StyleProperty,
};
use std::{borrow::Cow, collections::HashMap};

/// How a text looks. Lengths are in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub face: Face,
    pub size: f32,
    pub colour: rgb::Color,
    /// Between letters; scripts whose letters join get none.
    pub tracking: f32,
    pub align: Alignment,
}

/// A text that was set.
pub(super) struct Typeset {
    text: String,
    layout: Layout<()>,
    style: Style,
}

impl Typeset {
    /// In points.
    pub fn height(&self) -> f32 {
        self.layout.height()
    }

    pub fn lines(&self) -> usize {
        self.layout.len()
    }

    /// Where the first line stands, below the top of the text.
    fn runs(&self) -> impl Iterator<Item = (f32, f32, parley::Run<'_, ()>)> {
        self.layout.lines().flat_map(|line| {
            let metrics = line.metrics();
            let (mut x, y) = (metrics.offset, metrics.baseline);
            line.runs().map(move |run| {
                let start = x;
                x += run.advance();
                (start, y, run)
            })
        })
    }

    /// Letters for which no font was found.
    pub fn missing(&self) -> usize {
        let glyphs = self.runs().flat_map(|(_, _, run)| run.visual_clusters().collect::<Vec<_>>());
        glyphs.flat_map(|cluster| cluster.glyphs().collect::<Vec<_>>()).filter(|glyph| glyph.id == 0).count()
    }
}

/// Sets and draws texts.
pub(super) struct Typesetter {
    fonts: Fonts,
    layouts: LayoutContext<()>,
    embedded: HashMap<(u64, u32), Font>,
    language: Option<Language>,
}

impl Typesetter {
    /// One with these fonts, for words in this language.
    pub fn new(fonts: Fonts, language: &str) -> Self {
        Self {
            fonts,
            layouts: LayoutContext::new(),
            embedded: HashMap::new(),
            language: Language::parse(language).ok(),
        }
    }

    /// Sets `text` within `width`.
    pub fn set(&mut self, text: &str, style: Style, width: f32) -> Typeset {
        let stack = self.fonts.stack(style.face);
        let mut builder = self.layouts.ranged_builder(&mut self.fonts.context, text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(FontFamily::List(Cow::Owned(stack))));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(1.28)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        builder.push_default(StyleProperty::Locale(self.language));
        if style.tracking > 0.0 && !joins(text) {
            builder.push_default(StyleProperty::LetterSpacing(style.tracking));
        }
        let mut layout: Layout<()> = builder.build(text);
        layout.break_all_lines(Some(width));
        layout.align(style.align, AlignmentOptions::default());
        Typeset { text: text.to_owned(), layout, style }
    }

    /// Sets `text` on one line, as large as fits between the style's size and `smallest`; what is longer still wraps.
    pub fn fit(&mut self, text: &str, style: Style, smallest: f32, width: f32) -> Typeset {
        let mut size = style.size;
        loop {
            let set = self.set(text, Style { size, ..style }, width);
            if set.lines() <= 1 || size <= smallest {
                return set;
            }
            size = (size - 1.0).max(smallest);
        }
    }

    /// Draws with the top left corner at `(x, y)`.
    pub fn draw(&mut self, surface: &mut Surface<'_>, set: &Typeset, x: f32, y: f32) {
        surface.set_stroke(None);
        surface.set_fill(Some(Fill {
            paint: set.style.colour.into(),
            opacity: NormalizedF32::ONE,
            rule: FillRule::NonZero,
        }));
        for (left, baseline, run) in set.runs() {
            let Some(font) = self.embed(&run) else { continue };
            let glyphs = glyphs_of(&run);
            let start = Point::from_xy(x + left, y + baseline);
            surface.draw_glyphs(start, &glyphs, font, &set.text, run.font_size(), false);
        }
    }

    fn embed(&mut self, run: &parley::Run<'_, ()>) -> Option<Font> {
        let font = run.font().clone();
        let key = (font.data.id(), font.index);
        if let Some(known) = self.embedded.get(&key) {
            return Some(known.clone());
        }
        let (content, _) = font.data.into_raw_parts();
        let embedded = Font::new(content.into(), font.index)?;
        self.embedded.insert(key, embedded.clone());
        Some(embedded)
    }
}

/// The glyphs of a run from left to right; lengths in parts of the font's size.
fn glyphs_of(run: &parley::Run<'_, ()>) -> Vec<KrillaGlyph> {
    let size = run.font_size();
    let mut glyphs: Vec<KrillaGlyph> = Vec::new();
    for cluster in run.visual_clusters() {
        if cluster.is_ligature_continuation() {
            // It has no glyph of its own: its letters belong to the one before.
            if let Some(last) = glyphs.last_mut() {
                let range = cluster.text_range();
                last.text_range = last.text_range.start.min(range.start)..last.text_range.end.max(range.end);
            }
            continue;
        }
        for glyph in cluster.glyphs() {
            glyphs.push(KrillaGlyph::new(
                GlyphId::new(glyph.id),
                glyph.advance / size,
                glyph.x / size,
                glyph.y / size,
                0.0,
                cluster.text_range(),
                None,
            ));
        }
    }
    glyphs
}

/// Letters of these scripts are written together, or carry marks that spacing would tear off.
fn joins(text: &str) -> bool {
    text.chars().any(|letter| matches!(u32::from(letter), 0x0590..=0x0DFF | 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x1800..=0x18AF))
}
