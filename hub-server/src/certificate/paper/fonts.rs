//! The letters of a certificate: fonts that travel with the server, and the machine's own for scripts these cannot write.

use parley::{
    FontContext, FontFamilyName,
    fontique::{Blob, Collection, CollectionOptions},
};
use std::{
    borrow::Cow,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

/// Names and headings.
const DISPLAY: &str = "Noto Serif Display";
/// Small print.
const PLAIN: &str = "Noto Sans";

/// Every font that travels along, and the name it goes by.
const SHIPPED: [(&str, &[u8]); 11] = [
    (DISPLAY, include_bytes!("../../../fonts/NotoSerifDisplay-Regular.ttf")),
    (PLAIN, include_bytes!("../../../fonts/NotoSans-Regular.ttf")),
    ("Noto Naskh Arabic", include_bytes!("../../../fonts/NotoNaskhArabic-Regular.ttf")),
    ("Noto Serif Hebrew", include_bytes!("../../../fonts/NotoSerifHebrew-Regular.ttf")),
    ("Noto Serif Devanagari", include_bytes!("../../../fonts/NotoSerifDevanagari-Regular.ttf")),
    ("Noto Serif Bengali", include_bytes!("../../../fonts/NotoSerifBengali-Regular.ttf")),
    ("Noto Serif Gurmukhi", include_bytes!("../../../fonts/NotoSerifGurmukhi-Regular.ttf")),
    ("Noto Serif Tamil", include_bytes!("../../../fonts/NotoSerifTamil-Regular.ttf")),
    ("Noto Serif Thai", include_bytes!("../../../fonts/NotoSerifThai-Regular.ttf")),
    ("Noto Serif Armenian", include_bytes!("../../../fonts/NotoSerifArmenian-Regular.ttf")),
    ("Noto Serif Georgian", include_bytes!("../../../fonts/NotoSerifGeorgian-Regular.ttf")),
];

/// Where a machine keeps its own.
const FOLDERS: [&str; 2] = ["/usr/share/fonts", "/usr/local/share/fonts"];

/// How something is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Face {
    Display,
    Plain,
}

/// Fonts, and the order in which they are asked whether they can write a letter.
#[derive(Clone)]
pub(super) struct Fonts {
    pub context: FontContext,
    families: Vec<String>,
    /// The machine's own were looked through.
    searched: bool,
}

/// What was loaded once is there for every certificate.
static LOADED: LazyLock<Mutex<Fonts>> = LazyLock::new(|| Mutex::new(Fonts::shipped()));

impl Fonts {
    /// Fonts for `texts`: those that travel along, and as many of the machine's as are needed.
    pub fn for_texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut fonts = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
        let mut missing: Vec<char> = texts.into_iter().flat_map(str::chars).collect();
        missing.sort_unstable();
        missing.dedup();
        missing.retain(|letter| !letter.is_whitespace() && !fonts.can_write(*letter));
        if !missing.is_empty() && !fonts.searched {
            fonts.searched = true;
            fonts.context.collection.load_fonts_from_paths(FOLDERS);
        }
        if !missing.is_empty() {
            fonts.borrow(missing);
        }
        fonts.clone()
    }

    fn shipped() -> Self {
        let options = CollectionOptions { shared: false, system_fonts: false };
        let mut context = FontContext { collection: Collection::new(options), ..FontContext::default() };
        for (_, font) in SHIPPED {
            context.collection.register_fonts(Blob::new(Arc::new(font)), None);
        }
        let families = SHIPPED.map(|(family, _)| family.to_owned()).to_vec();
        Self { context, families, searched: false }
    }

    /// Takes families of the machine's until all of `missing` can be written, or none is left that helps.
    fn borrow(&mut self, mut missing: Vec<char>) {
        let mut others: Vec<String> = self.context.collection.family_names().map(str::to_owned).collect();
        others.retain(|name| !self.families.contains(name));
        others.sort();
        for family in others {
            if missing.is_empty() {
                return;
            }
            let before = missing.len();
            missing.retain(|letter| !self.family_writes(&family, *letter));
            if missing.len() < before {
                self.families.push(family);
            }
        }
    }

    fn can_write(&mut self, letter: char) -> bool {
        self.families.clone().iter().any(|family| self.family_writes(family, letter))
    }

    fn family_writes(&mut self, family: &str, letter: char) -> bool {
        let FontContext { collection, source_cache } = &mut self.context;
        let Some(font) = collection.family_by_name(family).and_then(|family| family.default_font().cloned()) else {
            return false;
        };
        let Some(content) = font.load(Some(source_cache)) else { return false };
        let charmap = font.charmap_index().charmap(content.as_ref());
        charmap.is_some_and(|charmap| charmap.map(letter).is_some_and(|glyph| glyph != 0))
    }

    /// The families for a face, its own first.
    pub fn stack(&self, face: Face) -> Vec<FontFamilyName<'static>> {
        let first = match face {
            Face::Display => DISPLAY,
            Face::Plain => PLAIN,
        };
        let others = self.families.iter().filter(|family| family.as_str() != first).cloned();
        std::iter::once(first.to_owned())
            .chain(others)
            .map(|family| FontFamilyName::Named(Cow::Owned(family)))
            .collect()
    }
}
