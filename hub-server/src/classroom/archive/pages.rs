//! What the pages around a class's archive show.

use super::{IMPORTS_PATH, fault::Fault, format::Manifest};
use crate::{
    classroom::{
        Classroom,
        create::ClassForm,
        pages::{LookFields, Organisations},
    },
    organisation::Organisation,
    t,
    ui::{
        fields::{ChangeForm, Problems},
        frame::{Frame, StaffPage, render},
        time::Now,
    },
    web::{FormState, Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, BackLink, Button, Checkbox, DefinitionList, FieldProblem, FileField, IconName, Notice, PageHeader,
    PostForm, Section, StatusWord, Tone, Weight, Width,
};
use leptos::prelude::*;
use shared_types::ids::OrganisationId;
use uuid::Uuid;

/// Renders what an archive holds, and the button that sends it.
pub async fn export(frame: Frame, staff: Staff, classroom: Classroom) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let (action, back) = (format!("{}/archive", classroom.path()), classroom.settings_path());
        view! {
            <StaffPage frame title=t!(words, "archive-title") staff classroom=classroom.clone() width=Width::Narrow>
                <BackLink href=back.clone()>{classroom.name}</BackLink>
                <PageHeader title=t!(words, "archive-title") lead=t!(words, "archive-lead") />
                <p>{t!(words, "archive-holds")}</p>
                <ChangeForm words action csrf back button=t!(words, "archive-download")>
                    <Checkbox label=t!(words, "archive-people") name="people" />
                    <Notice tone=Tone::Warning word=t!(words, "cards-careful")>
                        {t!(words, "archive-people-text")}
                    </Notice>
                </ChangeForm>
            </StaffPage>
        }
    })
    .await
}

/// The form for an archive, and what was wrong with one.
pub struct Form {
    pub staff: Staff,
    pub organisations: Vec<Organisation>,
    pub chosen: Option<OrganisationId>,
    pub fault: Option<Fault>,
}

/// Renders the form.
pub async fn form(frame: Frame, form: Form) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let Form { staff, organisations, chosen, fault } = form;
        let error = fault.map(|fault| fault.sentence(words));
        let problems =
            error.iter().map(|message| FieldProblem { field: "file".to_owned(), message: message.clone() }).collect();
        let chosen = chosen.map(|id| id.to_string()).unwrap_or_default();
        view! {
            <StaffPage frame title=t!(words, "archive-import") staff width=Width::Narrow>
                <BackLink href="/teach/classes/new">{t!(words, "class-create")}</BackLink>
                <PageHeader title=t!(words, "archive-import") lead=t!(words, "archive-import-lead") />
                <Problems words problems />
                <PostForm action=IMPORTS_PATH csrf multipart=true>
                    <Organisations organisations chosen words />
                    <FileField
                        label=t!(words, "archive-file-field")
                        name="file"
                        accept=".zip"
                        hint=t!(words, "archive-file-hint")
                        error
                    />
                    <Actions>
                        <Button>{t!(words, "import-look")}</Button>
                    </Actions>
                </PostForm>
            </StaffPage>
        }
    })
    .await
}

/// An archive, and what bringing it in does.
pub struct Preview {
    pub staff: Staff,
    pub id: Uuid,
    pub manifest: Manifest,
    /// What the class shall be called here.
    pub form: FormState<ClassForm>,
    /// Of each course the title, and whether it is here already.
    pub courses: Vec<(String, bool)>,
    pub modules: usize,
    pub materials: usize,
    pub announcements: usize,
    pub students: usize,
    pub files: usize,
    pub answers: usize,
    pub grades: usize,
    pub now: Now,
}

/// Renders it.
pub async fn preview(frame: Frame, page: Preview) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let here = format!("{IMPORTS_PATH}/{}", page.id);
        let (facts, people) = (facts(&page, words), page.manifest.people);
        let told = if people { t!(words, "archive-with-people") } else { t!(words, "archive-without-people") };
        let Preview { staff, manifest, courses, form, .. } = page;
        let courses = courses_of(courses, words);
        let (problems, errors) = (form.problems(words), [form.error("name", words), form.error("accent", words)]);
        let ClassForm { name, accent, .. } = form.typed;
        let fields = view! { <LookFields name accent errors words /> };
        view! {
            <StaffPage frame title=t!(words, "archive-preview") staff width=Width::Narrow>
                <BackLink href=IMPORTS_PATH>{t!(words, "archive-import")}</BackLink>
                <PageHeader title=manifest.name lead=t!(words, "archive-preview-lead") />
                <DefinitionList items=facts />
                {courses}
                <p>{told}</p>
                <Problems words problems />
                <PostForm action=here.clone() csrf=csrf.clone()>
                    {fields}
                    <Actions>
                        <Button>{t!(words, "archive-bring")}</Button>
                    </Actions>
                </PostForm>
                <PostForm action=format!("{here}/removal") csrf>
                    <Button weight=Weight::Quiet>{t!(words, "archive-leave")}</Button>
                </PostForm>
            </StaffPage>
        }
    })
    .await
}

fn facts(page: &Preview, words: Words) -> Vec<(String, String)> {
    let mut facts = vec![
        (t!(words, "archive-made"), page.now.moment(page.manifest.made_at, words)),
        (t!(words, "archive-modules"), page.modules.to_string()),
        (t!(words, "archive-materials"), page.materials.to_string()),
        (t!(words, "announcement-title"), page.announcements.to_string()),
    ];
    if page.manifest.people {
        facts.extend([
            (t!(words, "archive-students"), page.students.to_string()),
            (t!(words, "archive-files"), page.files.to_string()),
            (t!(words, "archive-answers"), page.answers.to_string()),
            (t!(words, "archive-grades"), page.grades.to_string()),
        ]);
    }
    facts.into_iter().map(|(name, fact)| (name.to_owned(), fact)).collect()
}

/// Each course with what becomes of it; nothing where the class has none.
fn courses_of(courses: Vec<(String, bool)>, words: Words) -> AnyView {
    if courses.is_empty() {
        return ().into_any();
    }
    let rows = courses
        .into_iter()
        .map(|(title, is_here)| {
            let (word, tone, icon) = if is_here {
                (t!(words, "archive-course-here"), Tone::Info, IconName::Info)
            } else {
                (t!(words, "archive-course-new"), Tone::Success, IconName::Done)
            };
            view! {
                <li>
                    {title} " " <StatusWord word tone icon />
                </li>
            }
        })
        .collect_view();
    view! {
        <Section title=t!(words, "frame-courses")>
            <ul>{rows}</ul>
        </Section>
    }
    .into_any()
}
