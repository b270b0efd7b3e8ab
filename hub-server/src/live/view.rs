//! A class now, as HTML: in the page, and sent anew when it looks different.

use super::{
    Waiting,
    store::{HandedIn, Present, Snapshot},
};
use crate::{
    classroom::Classroom,
    material::teach::material_path,
    t,
    ui::{
        time::Now,
        written::{WrittenList, link_row, since, status_word},
    },
    web::Words,
};
use helper_ui::ui::{DefinitionList, IconName, Notice, Section, StatusWord, Tone};
use leptos::prelude::*;
use maud::html;

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
                {t!(words, "home-waiting", waiting = activity.waiting)} " " <a href=href>{t!(words, "entry-look")}</a>
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
    let here = here(classroom, present, now, words);
    let handed_in = handed_in_list(classroom, handed_in, now, words);
    view! {
        {waiting}
        {helper_line(helper, words)}
        <Section title=t!(words, "live-here")>{here}</Section>
        <Section title=t!(words, "live-handed-in")>{handed_in}</Section>
        <Section title=t!(words, "today-activity")>
            <DefinitionList items=counts />
        </Section>
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

fn here(classroom: &Classroom, present: Vec<Present>, now: Now, words: Words) -> AnyView {
    if present.is_empty() {
        return view! { <p>{t!(words, "live-nobody")}</p> }.into_any();
    }
    let person = |one: &Present| {
        html! {
            li {
                a href=(classroom.student_path(one.student)) { (one.display_name) }
                @if let Some(at) = one.stuck_at {
                    " "
                    (status_word(&t!(words, "live-stuck", at = now.since(at, words)), Tone::Warning, IconName::Warning))
                }
            }
        }
    };
    let people = html! { @for one in &present { (person(one)) } };
    view! { <ul class="people" inner_html=people.into_string()></ul> }.into_any()
}

fn handed_in_list(classroom: &Classroom, handed_in: Vec<HandedIn>, now: Now, words: Words) -> AnyView {
    if handed_in.is_empty() {
        return view! { <p>{t!(words, "live-nothing")}</p> }.into_any();
    }
    let row = |one: &HandedIn| {
        let href = format!("{}?student={}", material_path(classroom, one.material), one.student);
        link_row(&href, &one.display_name, Some(&one.title), since(one.at, now, words))
    };
    view! { <WrittenList rows=html! { @for one in &handed_in { (row(one)) } } /> }.into_any()
}
