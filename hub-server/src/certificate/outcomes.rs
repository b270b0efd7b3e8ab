//! `GET` and `POST …/certificates/rules`: what a class asks for, and what its certificates say.

use super::{list_path, pages, policy::Thresholds, store, store::Outcomes};
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    ui::frame::Frame,
    web::{Error, FormState, Lang, Notice, PageResult, Protected, Respond, Teaching, Viewing, see_other},
};
use axum::extract::State;
use serde::Deserialize;

/// Longest of what is printed, in characters.
pub const MAX_TITLE_CHARS: u32 = 120;
pub const MAX_STATEMENT_CHARS: u32 = 200;
pub const MAX_SIGNATORY_CHARS: u32 = 80;

/// The form as it is sent.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct OutcomesForm {
    #[serde(default)]
    pub lessons: String,
    #[serde(default)]
    pub work: String,
    #[serde(default)]
    pub grade: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub statement: String,
    #[serde(default)]
    pub signatory: String,
    #[serde(default)]
    pub language: String,
}

impl OutcomesForm {
    /// What stands.
    pub fn of(outcomes: &Outcomes) -> Self {
        let shown = |percent: Option<i16>| percent.map_or_else(String::new, |percent| percent.to_string());
        Self {
            lessons: shown(outcomes.asked.lessons),
            work: shown(outcomes.asked.work),
            grade: shown(outcomes.asked.grade),
            title: outcomes.title.clone(),
            statement: outcomes.statement.clone(),
            signatory: outcomes.signatory.clone(),
            language: outcomes.language.clone(),
        }
    }

    /// Percentages from 1 to 100 or nothing, and texts that fit on the paper.
    pub fn parse(self) -> Result<Outcomes, FormState<Self>> {
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (title, statement, signatory) =
            (one_line(&self.title), one_line(&self.statement), one_line(&self.signatory));
        let percents = [percent(&self.lessons), percent(&self.work), percent(&self.grade)];
        let language = Lang::from_tag(&self.language);
        let mut form = FormState::new(self);
        let [lessons, work, grade] = &percents;
        if lessons.is_err() {
            form = form.refuse("lessons", "outcomes-percent-wrong");
        }
        if work.is_err() {
            form = form.refuse("work", "outcomes-percent-wrong");
        }
        if grade.is_err() {
            form = form.refuse("grade", "outcomes-percent-wrong");
        }
        let long = |text: &str, most: u32| text.chars().count() > most as usize;
        if title.is_empty() || long(&title, MAX_TITLE_CHARS) {
            form = form.refuse("title", "outcomes-title-wrong");
        }
        if long(&statement, MAX_STATEMENT_CHARS) {
            form = form.refuse("statement", "outcomes-statement-long");
        }
        if signatory.is_empty() || long(&signatory, MAX_SIGNATORY_CHARS) {
            form = form.refuse("signatory", "outcomes-signatory-wrong");
        }
        match (percents, language) {
            ([Ok(lessons), Ok(work), Ok(grade)], Some(language)) if !form.is_refused() => Ok(Outcomes {
                asked: Thresholds { lessons, work, grade },
                title,
                statement,
                signatory,
                language: language.tag().to_owned(),
            }),
            (_, Some(_)) => Err(form),
            (_, None) => Err(form.refuse("language", "outcomes-language-wrong")),
        }
    }
}

/// Empty is none; else a whole number from 1 to 100, with or without the sign.
fn percent(typed: &str) -> Result<Option<i16>, ()> {
    let digits = typed.trim().trim_end_matches('%').trim_end();
    if digits.is_empty() {
        return Ok(None);
    }
    digits.parse().ok().filter(|percent| (1..=100).contains(percent)).map(Some).ok_or(())
}

/// Shows the form.
pub async fn show(State(app): State<App>, Viewing { staff, classroom, role }: Viewing, frame: Frame) -> PageResult {
    if !role.may_teach() {
        return Err(Error::Forbidden);
    }
    let known = store::outcomes(&mut *app.db.acquire().await?, classroom.id).await?;
    let form = known.as_ref().map_or_else(
        || OutcomesForm {
            lessons: "80".to_owned(),
            work: "80".to_owned(),
            title: classroom.name.clone(),
            signatory: staff.display_name.clone(),
            language: frame.words.tag().to_owned(),
            ..OutcomesForm::default()
        },
        OutcomesForm::of,
    );
    Ok(pages::rules(frame, staff, classroom, FormState::new(form)).await)
}

/// Writes it down. Certificates that are out stay as they are.
pub async fn change(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    frame: Frame,
    Protected(form): Protected<OutcomesForm>,
) -> PageResult {
    let outcomes = match form.parse() {
        Ok(outcomes) => outcomes,
        Err(form) => return Ok(pages::rules(frame, teacher, classroom, form).await.unprocessable()),
    };
    let mut tx = app.db.begin().await?;
    store::set_outcomes(&mut tx, classroom.id, &outcomes, app.clock.now()).await?;
    let percent = |percent: Option<i16>| Detail::Number(percent.map_or(0, i64::from));
    let entry = Entry::new("outcomes_set", Subject::Classroom(classroom.id))
        .within(classroom.organisation)
        .with("lessons", percent(outcomes.asked.lessons))
        .with("work", percent(outcomes.asked.work))
        .with("grade", percent(outcomes.asked.grade));
    audit::record(&mut tx, &app, &teacher, entry).await?;
    tx.commit().await?;
    Ok(see_other(list_path(&classroom)).with_notice(Notice::Saved))
}

#[cfg(test)]
mod tests {
    use super::{OutcomesForm, percent};

    #[test]
    fn a_percentage_is_a_whole_number_or_nothing() {
        for (typed, meant) in [("", Ok(None)), (" ", Ok(None)), ("80", Ok(Some(80))), (" 80 % ", Ok(Some(80)))] {
            assert_eq!(percent(typed), meant, "{typed}");
        }
        for typed in ["0", "101", "-1", "eighty", "8.5", "80 per cent"] {
            assert_eq!(percent(typed), Err(()), "{typed}");
        }
    }

    #[test]
    fn a_form_keeps_what_was_typed_and_says_each_thing_that_is_wrong() {
        let form = OutcomesForm { lessons: "120".to_owned(), language: "xx".to_owned(), ..OutcomesForm::default() };
        let refused = form.parse().unwrap_err();
        assert_eq!(refused.typed.lessons, "120");
        assert_eq!(refused.errors.len(), 4, "{:?}", refused.errors);
    }
}
