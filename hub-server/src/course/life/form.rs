//! The form of a course: what it is called and what it is written in.

use crate::{
    course::edit::slug_of,
    web::{FormState, idempotency::IdempotencyKey},
};
use serde::Deserialize;
use shared_types::ids::OrganisationId;

/// Longest title, in characters.
pub const MAX_TITLE_CHARS: u32 = 200;

/// What a course can be said to be written in: BCP 47 tag, and the language's own name for itself.
pub const LANGUAGES: [(&str, &str); 16] = [
    ("en", "English"),
    ("es", "Español"),
    ("ca", "Català"),
    ("eu", "Euskara"),
    ("gl", "Galego"),
    ("pt", "Português"),
    ("fr", "Français"),
    ("de", "Deutsch"),
    ("it", "Italiano"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ar", "العربية"),
    ("hi", "हिन्दी"),
    ("zh", "中文"),
];

/// The form as it is sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CourseForm {
    pub title: String,
    /// Of a new one.
    pub language: String,
    /// One of the teacher's organisations; left out where there is only one.
    pub organisation: Option<OrganisationId>,
    /// Sent with a new one.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// A course that is yet to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCourse {
    pub title: String,
    /// BCP 47 tag.
    pub language: &'static str,
}

impl CourseForm {
    /// The title on one line.
    pub fn title(self) -> Result<String, FormState<Self>> {
        let title = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
        let form = FormState::new(self);
        if title.is_empty() {
            Err(form.refuse("title", "course-title-missing"))
        } else if title.chars().count() > MAX_TITLE_CHARS as usize {
            Err(form.refuse("title", "course-title-too-long"))
        } else {
            Ok(title)
        }
    }

    /// Title and language of a new course.
    pub fn parse(self) -> Result<NewCourse, FormState<Self>> {
        let language = LANGUAGES.iter().map(|(tag, _)| *tag).find(|tag| *tag == self.language);
        match (self.clone().title(), language) {
            (Ok(title), Some(language)) => Ok(NewCourse { title, language }),
            (Err(form), Some(_)) => Err(form),
            (Ok(_), None) => Err(FormState::new(self).refuse("language", "course-language-unknown")),
            (Err(form), None) => Err(form.refuse("language", "course-language-unknown")),
        }
    }
}

impl NewCourse {
    /// Slugs made of the title, the best first.
    pub fn slugs(&self) -> impl Iterator<Item = String> + use<> {
        let has_letters = self.title.chars().any(|c| c.is_ascii_alphanumeric()) || slug_of(&self.title) != slug_of("");
        let slug = if has_letters { slug_of(&self.title) } else { "course".to_owned() };
        (1..).map(move |number: u32| if number == 1 { slug.clone() } else { format!("{slug}-{number}") })
    }
}

#[cfg(test)]
mod tests {
    use super::CourseForm;

    fn form(title: &str, language: &str) -> CourseForm {
        CourseForm { title: title.to_owned(), language: language.to_owned(), ..CourseForm::default() }
    }

    #[test]
    fn a_course_has_a_title_and_a_language_and_its_slug_comes_from_the_title() {
        for (title, language, slug) in [
            ("  Codes \t & keys ", "en", "codes-keys"),
            ("Señales", "es", "senales"),
            ("A lesson in light", "en", "a-lesson-in-light"),
            ("密码", "zh", "course"),
        ] {
            let course = form(title, language).parse().unwrap();
            assert_eq!(course.slugs().take(2).collect::<Vec<_>>(), [slug.to_owned(), format!("{slug}-2")]);
        }
        assert_eq!(form(" a  b ", "en").parse().unwrap().title, "a b");
        for (title, language, fields) in [
            ("", "en", vec!["title"]),
            (&"x".repeat(201), "en", vec!["title"]),
            ("A", "xx", vec!["language"]),
            (" ", "", vec!["title", "language"]),
        ] {
            let refused = form(title, language).parse().unwrap_err();
            assert_eq!(refused.errors.iter().map(|error| error.field).collect::<Vec<_>>(), fields);
        }
    }
}
