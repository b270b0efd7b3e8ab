//! The words people read, in their language. They live in `locales/<language>/<feature>.ftl`; code holds their keys.

use fluent_templates::{LanguageIdentifier, fluent_bundle::FluentValue, loader::langid, static_loader};
use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{LazyLock, PoisonError, RwLock},
};

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "en",
        // Invisible direction marks around every value would end up in attributes and copied text.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static ENGLISH: LanguageIdentifier = langid!("en");
static SPANISH: LanguageIdentifier = langid!("es");

/// A language everything is translated into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    #[default]
    English,
    Spanish,
}

impl Lang {
    /// Every language, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::English, Self::Spanish];

    /// Its BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
        }
    }

    /// What its speakers call it.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Spanish => "Español",
        }
    }

    /// The language of a tag such as `es-MX`.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|lang| lang.tag().eq_ignore_ascii_case(primary))
    }

    /// The best match of an `Accept-Language` header (RFC 9110, section 12.5.4); English if none matches.
    pub fn accepted(header: &str) -> Self {
        let mut best = (Self::default(), 0.0_f32);
        for range in header.split(',') {
            let (tag, weight) = range.split_once(';').unwrap_or((range, "q=1"));
            let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse().ok()).unwrap_or(0.0);
            if let Some(lang) = Self::from_tag(tag.trim())
                && weight > best.1
            {
                best = (lang, weight);
            }
        }
        best.0
    }

    fn identifier(self) -> &'static LanguageIdentifier {
        match self {
            Self::English => &ENGLISH,
            Self::Spanish => &SPANISH,
        }
    }
}

/// A value put into words.
pub type Value = FluentValue<'static>;

/// The words of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Words(pub Lang);

/// Words without values are formatted once and kept: their number is that of the keys.
static PLAIN: LazyLock<RwLock<HashMap<(Lang, &'static str), &'static str>>> = LazyLock::new(RwLock::default);

impl Words {
    /// The language's BCP 47 tag, for `lang`.
    pub const fn tag(self) -> &'static str {
        self.0.tag()
    }

    /// The words of `key`.
    pub fn get(self, key: &'static str) -> &'static str {
        let at = (self.0, key);
        if let Some(text) = PLAIN.read().unwrap_or_else(PoisonError::into_inner).get(&at) {
            return text;
        }
        let text: &'static str = self.look_up(key, None).leak();
        PLAIN.write().unwrap_or_else(PoisonError::into_inner).entry(at).or_insert(text)
    }

    /// The words of `key` with `values` put in.
    pub fn with<const N: usize>(self, key: &'static str, values: [(&'static str, Value); N]) -> String {
        let values = values.into_iter().map(|(name, value)| (Cow::Borrowed(name), value)).collect();
        self.look_up(key, Some(&values))
    }

    fn look_up(self, key: &'static str, values: Option<&HashMap<Cow<'static, str>, Value>>) -> String {
        LOCALES.lookup_single_language(self.0.identifier(), key, values).unwrap_or_else(|error| {
            tracing::error!(key, language = self.tag(), %error, "words are missing");
            key.to_owned()
        })
    }
}

/// `t!(words, "key")` or `t!(words, "key", name = value)`: a test finds every key written so.
#[macro_export]
macro_rules! t {
    ($words:expr, $key:literal) => { $words.get($key) };
    ($words:expr, $key:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $words.with($key, [$((stringify!($name), $value.into())),+])
    };
}
pub use crate::t;

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn the_best_accepted_language_is_chosen() {
        for (header, lang) in [
            ("", Lang::English),
            ("es", Lang::Spanish),
            ("es-MX,es;q=0.9,en;q=0.8", Lang::Spanish),
            ("de,en;q=0.5,es;q=0.7", Lang::Spanish),
            ("en-GB,es", Lang::English),
            ("es;q=0", Lang::English),
            ("es;q=nonsense", Lang::English),
            ("*", Lang::English),
        ] {
            assert_eq!(Lang::accepted(header), lang, "{header}");
        }
    }
}
