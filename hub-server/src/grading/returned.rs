//! What a student gets back: the grade as it was returned, with the rubric and the comment; and whether they may hand in
//! again. Reads `returned_grades` and the rules, never `grades`: a draft or a private note cannot come out here.

use super::{
    Points, Scheme,
    policy::{self, Closed},
    scheme::{Late, store::Row as SchemeRow},
};
use crate::{
    material::{Criterion, Kind, Material},
    t,
    ui::time::Now,
    web::Words,
};
use chrono::{DateTime, Utc};
use helper_ui::ui::{Card, IconName, Notice, StatusWord, Tone};
use leptos::prelude::*;
use shared_types::ids::StudentId;
use sqlx::{PgConnection, types::Json};
use std::collections::BTreeMap;

/// A grade as a student sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// After the deduction; none where there is only a comment.
    pub points: Option<Points>,
    pub most: Points,
    pub deducted: Points,
    /// As it was when the grade was returned.
    pub rubric: Vec<Criterion>,
    pub levels: BTreeMap<String, usize>,
    pub comment: String,
    pub excused: bool,
    pub late: bool,
    pub returned_at: DateTime<Utc>,
    /// Something was handed in since.
    pub outdated: bool,
}

/// What one student is told about one material.
#[derive(Clone, Debug, Default)]
pub struct Feedback {
    pub returned: Option<Returned>,
    /// Why nothing more may be handed in.
    pub closed: Option<Closed>,
}

/// What a student is told about a material, and whether they may hand in now.
pub async fn feedback(
    db: &mut PgConnection,
    student: StudentId,
    material: &Material,
    now: DateTime<Utc>,
) -> sqlx::Result<Feedback> {
    let row = sqlx::query!(
        r#"select r.points as "points?: Points", r.most as "most?: Points", r.deducted as "deducted?: Points",
                  r.rubric as "rubric?: Json<Vec<Criterion>>", r.levels as "levels?: Json<BTreeMap<String, usize>>",
                  r.comment as "comment?", r.excused as "excused?", r.late as "late?", r.returned_at as "returned_at?",
                  coalesce(r.work_at < greatest(
                      (select max(w.submitted_at) from submissions w
                       where w.material_id = $2 and w.student_id = $1 and w.withdrawn_at is null),
                      (select a.handed_in_at from responses a where a.material_id = $2 and a.student_id = $1)), false)
                      as "outdated!",
                  s.late as "rule?: Late", s.resubmission as "resubmission?"
           from (select $1::uuid as student_id, $2::uuid as material_id) this
           left join returned_grades r using (student_id, material_id)
           left join grading_schemes s using (material_id)"#,
        student.0,
        material.id.0,
    )
    .fetch_one(db)
    .await?;
    let returned = (|| {
        Some(Returned {
            points: row.points,
            most: row.most?,
            deducted: row.deducted?,
            rubric: row.rubric?.0,
            levels: row.levels?.0,
            comment: row.comment?,
            excused: row.excused?,
            late: row.late?,
            returned_at: row.returned_at?,
            outdated: row.outdated,
        })
    })();
    let scheme = rules(row.rule, row.resubmission, material.settings.kind());
    let closed = policy::may_hand_in(&scheme, material.due_at, returned.is_some(), now).err();
    Ok(Feedback { returned, closed })
}

fn rules(late: Option<Late>, resubmission: Option<bool>, kind: Kind) -> Scheme {
    SchemeRow { late, resubmission, ..SchemeRow::default() }.or_default(kind)
}

/// Points in words.
pub fn points_word(points: Option<Points>, most: Points, excused: bool, words: Words) -> String {
    match points {
        _ if excused => t!(words, "returned-excused").to_owned(),
        Some(points) => t!(words, "returned-points", points = points.said(words), most = most.said(words)),
        None => t!(words, "returned-comment-only").to_owned(),
    }
}

/// The grade on a student's page; nothing where none was returned.
#[component]
pub fn ReturnedGrade(feedback: Feedback, now: Now, words: Words) -> impl IntoView {
    let closed = feedback.closed.map(|closed| {
        let why = closed_sentence(closed, words);
        view! { <Notice word=t!(words, "returned-closed-word")>{why}</Notice> }
    });
    let card = feedback.returned.map(|returned| view! { <GradeCard returned now words /> });
    view! {
        {card}
        {closed}
    }
    .into_any()
}

/// Why nothing more may be handed in.
pub fn closed_sentence(closed: Closed, words: Words) -> &'static str {
    match closed {
        Closed::Late => t!(words, "returned-closed-late"),
        Closed::Returned => t!(words, "returned-closed-returned"),
    }
}

#[component]
fn GradeCard(returned: Returned, now: Now, words: Words) -> impl IntoView {
    let Returned { points, most, deducted, rubric, levels, comment, excused, late, returned_at, outdated } = returned;
    let points = points_word(points, most, excused, words);
    let lost = (deducted.0 > 0).then(|| {
        view! { <p>{t!(words, "returned-deducted", points = deducted.said(words))}</p> }
    });
    let late = late.then(|| {
        view! { <StatusWord word=t!(words, "returned-late") tone=Tone::Warning icon=IconName::Clock /> }
    });
    let outdated = outdated.then(|| view! { <p>{t!(words, "returned-outdated")}</p> });
    let rubric = (!rubric.is_empty() && !excused).then(|| rows(rubric, &levels, words));
    let comment = (!comment.is_empty()).then(|| {
        view! {
            <h3>{t!(words, "returned-comment")}</h3>
            <p class="work-words" data-testid="returned-comment">{comment}</p>
        }
    });
    view! {
        <Card>
            <h2 data-testid="returned-points">{points}</h2>
            <p class="grading-states">
                <StatusWord
                    word=t!(words, "returned-at", at = now.moment(returned_at, words))
                    tone=Tone::Success
                    icon=IconName::Returned
                />
                " "
                {late}
            </p>
            {lost}
            {outdated}
            {rubric}
            {comment}
        </Card>
    }
    .into_any()
}

/// Each criterion with the level that was given, and what there was beside it.
fn rows(rubric: Vec<Criterion>, levels: &BTreeMap<String, usize>, words: Words) -> AnyView {
    let rows = rubric
        .into_iter()
        .map(|criterion| {
            let given = levels.get(&criterion.id).copied();
            let all = criterion
                .levels
                .into_iter()
                .enumerate()
                .map(|(number, level)| {
                    let is_given = given == Some(number);
                    let mark = is_given.then(|| {
                        view! { <StatusWord word=t!(words, "returned-level") tone=Tone::Success icon=IconName::Done /> }
                    });
                    let points = (level.points > 0).then(|| t!(words, "rubric-points", points = level.points));
                    view! {
                        <li class=if is_given { "given-level" } else { "other-level" }>
                            <span class="level-title">
                                {level.title} {points.map(|points| view! { <span class="level-note">{points}</span> })}
                            </span>
                            {(!level.description.is_empty())
                                .then(|| view! { <span class="level-detail">{level.description}</span> })}
                            {mark}
                        </li>
                    }
                })
                .collect_view();
            view! {
                <section class="returned-criterion">
                    <h3>{criterion.title}</h3>
                    <ul class="returned-levels">{all}</ul>
                </section>
            }
        })
        .collect_view();
    rows.into_any()
}
