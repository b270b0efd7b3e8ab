//! A class now, as HTML: in the page, and sent anew when it looks different.

use super::{
    Waiting,
    store::{HandedIn, Present, Snapshot},
};
use crate::{
    classroom::{Classroom, Enrolment},
    grading,
    material::teach,
    t,
    ui::{
        time::Now,
        written::{WrittenList, link_row, since, status_word},
    },
    web::Words,
};
use helper_ui::ui::{ButtonLink, DefinitionList, EmptyState, IconName, Notice, Section, StatusWord, Tone, Weight};
use leptos::prelude::*;
use maud::{Markup, html};

/// The whole live part of a page: what stands there, and what the browser does about it.
#[component]
pub fn LiveView(classroom: Classroom, snapshot: Snapshot, waiting: Waiting, now: Now, words: Words) -> impl IntoView {
    let (address, reload) = (format!("{}/live", classroom.path()), classroom.path());
    let inner = html(&classroom, snapshot, waiting, now, words);
    view! {
        <div
            class="live"
            data-live=address
            data-on=t!(words, "live-on")
            data-off=t!(words, "live-off")
            data-testid="live"
        >
            <p class="live-line">
                <span class="live-state" role="status">
                    {t!(words, "live-as-of", at = now.moment(now.now, words))}
                </span>
                " "
                <a class="live-reload" href=reload>
                    {t!(words, "live-reload")}
                </a>
            </p>
            <div class="live-now" inner_html=inner></div>
        </div>
    }
    .into_any()
}

/// What changes. Every name in it is escaped where it is put in.
pub fn html(classroom: &Classroom, snapshot: Snapshot, helper: Waiting, now: Now, words: Words) -> String {
    let Snapshot { activity, present, handed_in, handed_in_count } = snapshot;
    let waiting = (activity.waiting > 0).then(|| {
        let href = classroom.roster_path();
        view! {
            <Notice tone=Tone::Warning word=t!(words, "entry-title")>
                {t!(words, "live-waiting", waiting = activity.waiting)} " " <a href=href>{t!(words, "entry-look")}</a>
            </Notice>
        }
    });
    let counts = [
        (t!(words, "today-students"), activity.students),
        (t!(words, "today-seen"), activity.seen),
        (t!(words, "today-handed-in"), handed_in_count),
        (t!(words, "today-asked"), activity.asked),
        (t!(words, "today-answered"), activity.answered),
    ];
    let counts = counts.map(|(name, count)| (name.to_owned(), count.to_string())).to_vec();
    let happening = if activity.students == 0 {
        nobody_yet(classroom, words)
    } else {
        let stuck = stuck(classroom, &present, now, words);
        let here = here(classroom, &present, words);
        let handed_in = handed_in_list(classroom, &handed_in, handed_in_count, now, words);
        view! {
            {stuck}
            <Section title=t!(words, "live-here")>{here}</Section>
            <Section title=t!(words, "live-handed-in")>{handed_in}</Section>
            <Section title=t!(words, "today-activity")>
                <DefinitionList items=counts counts=true />
            </Section>
        }
        .into_any()
    };
    view! {
        {waiting}
        {helper_line(helper, words)}
        {happening}
    }
    .into_any()
    .to_html()
    // Marks by which Leptos would find its places in the browser; nothing there looks for them.
    .replace("<!>", "")
}

/// Who waits for the helper; nothing where nobody does.
fn helper_line(helper: Waiting, words: Words) -> Option<AnyView> {
    let Waiting { turns, longest_s } = helper;
    let text = match longest_s {
        0 => t!(words, "live-helper", turns = turns),
        seconds => t!(words, "live-helper-since", turns = turns, seconds = seconds),
    };
    (turns > 0).then(|| view! { <p><StatusWord word=text icon=IconName::Chat /></p> }.into_any())
}

/// What to do first with a class that nobody has joined.
fn nobody_yet(classroom: &Classroom, words: Words) -> AnyView {
    let (settings, work) = (classroom.settings_path(), teach::list_path(classroom));
    let (text, href, label) = match classroom.takes() {
        Enrolment::Open => {
            (t!(words, "live-first-steps"), format!("{}/join-card", classroom.path()), t!(words, "roster-join-card"))
        }
        Enrolment::Invite => (t!(words, "live-first-link"), settings, t!(words, "invite-title")),
        Enrolment::Closed => (t!(words, "live-first-open"), settings, t!(words, "enrolment-title")),
    };
    view! {
        <EmptyState title=t!(words, "roster-empty") text>
            <ButtonLink href>{label}</ButtonLink>
            <ButtonLink href=work weight=Weight::Secondary>
                {t!(words, "live-first-work")}
            </ButtonLink>
        </EmptyState>
    }
    .into_any()
}

/// Who told the helper today that they are stuck, here or gone by now; nothing where nobody did.
fn stuck(classroom: &Classroom, people: &[Present], now: Now, words: Words) -> Option<AnyView> {
    let stuck = || people.iter().filter_map(|one| one.stuck_at.map(|at| (one, at)));
    stuck().next()?;
    let people = html! {
        @for (one, at) in stuck() {
            li {
                (person(classroom, one))
                " "
                (status_word(&t!(words, "live-stuck", at = now.since(at, words)), Tone::Warning, IconName::Warning))
            }
        }
    };
    let stuck = view! {
        <Section title=t!(words, "live-stuck-title")>
            <ul class="people" inner_html=people.into_string()></ul>
        </Section>
    };
    Some(stuck.into_any())
}

fn here(classroom: &Classroom, people: &[Present], words: Words) -> AnyView {
    if !people.iter().any(|one| one.here) {
        return view! { <p>{t!(words, "live-nobody")}</p> }.into_any();
    }
    let people = html! { @for one in people.iter().filter(|one| one.here) { li { (person(classroom, one)) } } };
    view! { <ul class="people" inner_html=people.into_string()></ul> }.into_any()
}

fn person(classroom: &Classroom, one: &Present) -> Markup {
    html! { a href=(classroom.student_path(one.student)) { (one.display_name) } }
}

/// The newest of `count`, each leading to the work.
fn handed_in_list(classroom: &Classroom, handed_in: &[HandedIn], count: i64, now: Now, words: Words) -> AnyView {
    if handed_in.is_empty() {
        return view! { <p>{t!(words, "live-nothing")}</p> }.into_any();
    }
    // What was handed in before these is found where all work is.
    let more = usize::try_from(count).unwrap_or_default().saturating_sub(handed_in.len());
    let rest = (more > 0).then(|| {
        view! {
            <p>
                <a href=teach::list_path(classroom)>{t!(words, "live-more", count = more)}</a>
            </p>
        }
    });
    let row = |one: &HandedIn| {
        let href = grading::student_path(one.material, one.student);
        link_row(&href, &one.display_name, Some(&one.title), since(one.at, now, words))
    };
    view! {
        <WrittenList rows=html! { @for one in handed_in { (row(one)) } } />
        {rest}
    }
    .into_any()
}
