//! The table of contents: every address of the hub and what answers it.

use crate::{
    account::{code_step, enrol_totp, sign_in, sign_out},
    announcement,
    app::App,
    asset, certificate,
    classroom::{
        archive, create, home, join_settings, life, new_card, removal, roster, settings, sign_out as class_sign_out,
        student as class_student, today,
    },
    course::{
        handlers::{classes as course_classes, export as course_export, imports, list as courses, show as course},
        life as course_life,
    },
    enrolment::{self, asking, invitation},
    gradebook, grading,
    helper_link::{events, token},
    helper_rules,
    lesson::{
        conversation,
        editor::{history, pictures, write},
        files as lesson_files, handlers as lesson,
        release::handlers as release,
        watch,
    },
    live,
    material::{self, teach},
    privacy, safeguarding, student, submission, transcripts,
    web::{browser, error, health, language, multipart, route_list::Routes, well_known},
};
use axum::{Router, extract::DefaultBodyLimit, middleware};
use server_kit::frame::{self, FrameOptions};
use tower::ServiceBuilder;

/// Bodies are short texts; what takes files says so itself.
const MAX_BODY_BYTES: usize = 256 * 1024;

/// All routes.
#[expect(clippy::too_many_lines, reason = "one line per address")]
pub fn routes() -> Routes {
    Routes::default()
        // Joining and coming back
        .get("/", enrolment::show_join)
        .post("/", enrolment::join)
        .get("/return", enrolment::show_come_back)
        .post("/return", enrolment::come_back)
        .post("/return/device", enrolment::come_back_here)
        .get("/join/{token}", invitation::show)
        .post("/join/{token}", invitation::join)
        .get("/waiting", asking::show)
        .post("/waiting", asking::ask)
        .post("/waiting/entry", asking::enter)
        .post("/waiting/end", asking::withdraw)
        // Students
        .get("/student", student::show)
        .get("/student/return-code", enrolment::show_card)
        .post("/student/return-code", enrolment::confirm_card)
        .post("/student/session/end", enrolment::leave)
        .get("/student/lessons/{lesson}", lesson::show)
        .post("/student/lessons/{lesson}/finished", lesson::finish)
        .get("/student/lessons/{lesson}/conversation", conversation::show)
        .get("/student/lessons/{lesson}/files/{digest}/{*path}", lesson_files::for_student)
        .get("/student/materials/{material}", material::handlers::show)
        .post("/student/materials/{material}/response", material::handlers::respond)
        .post("/student/materials/{material}/reading", material::reading::mark)
        .post("/student/materials/{material}/draft", material::drafts::save)
        .post("/student/materials/{material}/draft/deletion", material::drafts::discard)
        .get("/student/lessons/{lesson}/videos/{number}", watch::for_student)
        .post("/student/helper-token", token::renew)
        .get("/student/certificates/{certificate}/certificate.pdf", certificate::for_student)
        // Handing in
        .post("/student/materials/{material}/submissions", submission::hand_in)
        .get("/student/materials/{material}/submissions/{submission}/file", submission::student_file)
        .get("/student/materials/{material}/submissions/{submission}/thumbnail", submission::student_thumbnail)
        .post("/student/materials/{material}/submissions/{submission}/withdrawal", submission::withdraw)
        .post("/student/materials/{material}/submissions/{submission}/restoration", submission::restore)
        .post("/student/materials/{material}/submissions/{submission}/sharing", submission::set_sharing)
        .get("/student/materials/{material}/submissions/{submission}/picture", submission::student_picture)
        .get("/student/materials/{material}/gallery/{submission}", submission::shown_work)
        .get("/teach/classes/{classroom}/submissions/{submission}/file", submission::teacher_file)
        .get("/teach/classes/{classroom}/submissions/{submission}/thumbnail", submission::teacher_thumbnail)
        .post("/teach/classes/{classroom}/submissions/{submission}/takedown", submission::take_down)
        // What is stored about a student
        .get("/student/my-data", privacy::show)
        .get("/student/my-data/portfolio.zip", privacy::download)
        .get("/student/my-data/deletion", privacy::ask)
        .post("/student/my-data/deletion", privacy::delete_everything)
        .get("/student/my-data/{record}/{id}/deletion", privacy::ask_one)
        .post("/student/my-data/{record}/{id}/deletion", privacy::delete_one)
        // Staff sign-in
        .get("/teach/login", sign_in::show)
        .post("/teach/login", sign_in::sign_in)
        .get("/teach/login/code", code_step::show)
        .post("/teach/login/code", code_step::check)
        .get("/teach/enrol-totp", enrol_totp::show)
        .post("/teach/enrol-totp", enrol_totp::enrol)
        .post("/teach/logout", sign_out::sign_out)
        // Classes
        .get("/teach", home::show)
        .get("/teach/classes/new", create::show)
        .post("/teach/classes/new", create::create)
        .get("/teach/classes/past", life::show_past)
        .get("/teach/classes/imports", archive::ask_import)
        .post("/teach/classes/imports", archive::send_import)
        .get("/teach/classes/imports/{import}", archive::show_import)
        .post("/teach/classes/imports/{import}", archive::confirm)
        .post("/teach/classes/imports/{import}/removal", archive::discard)
        .get("/teach/classes/{classroom}", today::show)
        .get("/teach/classes/{classroom}/name", life::show_look)
        .post("/teach/classes/{classroom}/name", life::rename)
        .post("/teach/classes/{classroom}/own", life::call_own)
        .get("/teach/classes/{classroom}/copy", life::show_copy)
        .post("/teach/classes/{classroom}/copy", life::copy)
        .get("/teach/classes/{classroom}/archive", archive::show_export)
        .post("/teach/classes/{classroom}/archive", archive::export)
        .post("/teach/classes/{classroom}/archival", life::set_archival)
        .get("/teach/classes/{classroom}/deletion", life::show_deletion)
        .post("/teach/classes/{classroom}/deletion", life::delete)
        .post("/teach/classes/{classroom}/restoration", life::restore)
        .get("/teach/classes/{classroom}/live", live::stream)
        .get("/teach/classes/{classroom}/announcements", announcement::list)
        .post("/teach/classes/{classroom}/announcements", announcement::add)
        .get("/teach/classes/{classroom}/announcements/{announcement}", announcement::edit)
        .post("/teach/classes/{classroom}/announcements/{announcement}", announcement::change)
        .post("/teach/classes/{classroom}/announcements/{announcement}/deletion", announcement::delete)
        .post("/teach/classes/{classroom}/announcements/{announcement}/restoration", announcement::restore)
        .get("/teach/classes/{classroom}/lessons", release::show)
        .get("/teach/classes/{classroom}/lessons/{lesson}", lesson::preview)
        .get("/teach/classes/{classroom}/lessons/{lesson}/files/{digest}/{*path}", lesson_files::for_staff)
        .get("/teach/classes/{classroom}/lessons/{lesson}/videos/{number}", watch::for_staff)
        .post("/teach/classes/{classroom}/lessons/{lesson}/release", release::decide)
        .get("/teach/classes/{classroom}/work.zip", submission::export::of_class)
        .get("/teach/classes/{classroom}/materials/{material}/work.zip", submission::export::of_material)
        .get("/teach/classes/{classroom}/materials", teach::list)
        .get("/teach/classes/{classroom}/materials/arrangement", teach::arrange)
        .post("/teach/classes/{classroom}/modules", teach::add_module)
        .get("/teach/classes/{classroom}/modules/{module}", teach::show_module)
        .post("/teach/classes/{classroom}/modules/{module}", teach::rename_module)
        .post("/teach/classes/{classroom}/modules/{module}/deletion", teach::delete_module)
        .post("/teach/classes/{classroom}/modules/{module}/restoration", teach::restore_module)
        .post("/teach/classes/{classroom}/modules/{module}/place", teach::place_module)
        .get("/teach/classes/{classroom}/modules/{module}/copy", teach::show_module_copy)
        .post("/teach/classes/{classroom}/modules/{module}/copy", teach::copy_module)
        .get("/teach/classes/{classroom}/modules/{module}/materials/new", teach::new)
        .post("/teach/classes/{classroom}/modules/{module}/materials", teach::create)
        .get("/teach/classes/{classroom}/materials/{material}", teach::preview)
        .get("/teach/classes/{classroom}/materials/{material}/edit", teach::edit)
        .post("/teach/classes/{classroom}/materials/{material}/edit", teach::change)
        .get("/teach/classes/{classroom}/materials/{material}/deletion", teach::confirm)
        .post("/teach/classes/{classroom}/materials/{material}/deletion", teach::delete)
        .post("/teach/classes/{classroom}/materials/{material}/restoration", teach::restore_material)
        .post("/teach/classes/{classroom}/materials/{material}/place", teach::place_material)
        .get("/teach/classes/{classroom}/materials/{material}/transfer", teach::show_transfer)
        .post("/teach/classes/{classroom}/materials/{material}/transfer", teach::transfer_material)
        .get("/teach/classes/{classroom}/roster", roster::show)
        .get("/teach/classes/{classroom}/roster.csv", roster::download)
        .get("/teach/classes/{classroom}/roster/import", roster::import::show)
        .post("/teach/classes/{classroom}/roster/import", roster::import::preview)
        .post("/teach/classes/{classroom}/roster/import/confirmation", roster::import::confirm)
        .get("/teach/classes/{classroom}/join-card", roster::cards::show_join_card)
        .get("/teach/classes/{classroom}/return-cards", roster::cards::show)
        .post("/teach/classes/{classroom}/return-cards", roster::cards::make)
        .get("/teach/classes/{classroom}/roster/reset", roster::show_reset)
        .post("/teach/classes/{classroom}/roster/reset", roster::reset)
        .post("/teach/classes/{classroom}/entry-requests/{request}/approval", asking::approve)
        .post("/teach/classes/{classroom}/entry-requests/{request}/refusal", asking::refuse)
        .get("/teach/classes/{classroom}/students/{student}", class_student::show)
        .post("/teach/classes/{classroom}/students/{student}/name", class_student::rename)
        .get("/teach/classes/{classroom}/students/{student}/merge", roster::merge::show)
        .post("/teach/classes/{classroom}/students/{student}/merge", roster::merge::merge)
        .post("/teach/classes/{classroom}/students/{student}/sign-out", class_sign_out::one)
        .post("/teach/classes/{classroom}/students/{student}/return-code", new_card::renew)
        .get("/teach/classes/{classroom}/students/{student}/removal", removal::show)
        .post("/teach/classes/{classroom}/students/{student}/removal", removal::remove)
        .get("/teach/classes/{classroom}/settings", settings::show)
        .post("/teach/classes/{classroom}/lock", join_settings::set_lock)
        .get("/teach/classes/{classroom}/code-rotation", join_settings::ask_code)
        .post("/teach/classes/{classroom}/code-rotation", join_settings::rotate_code)
        .post("/teach/classes/{classroom}/enrolment", join_settings::set_enrolment)
        .post("/teach/classes/{classroom}/sign-out", class_sign_out::everyone)
        .get("/teach/classes/{classroom}/helper", helper_rules::handlers::show)
        .post("/teach/classes/{classroom}/helper", helper_rules::handlers::decide)
        .get("/teach/classes/{classroom}/helper/lessons/{lesson}", helper_rules::handlers::show_lesson)
        .post("/teach/classes/{classroom}/helper/lessons/{lesson}", helper_rules::handlers::decide_lesson)
        .post("/teach/classes/{classroom}/helper/concerns/{concern}", safeguarding::handlers::settle_in_class)
        .post(
            "/teach/classes/{classroom}/helper/concerns/{concern}/restoration",
            safeguarding::handlers::reopen_in_class,
        )
        .post("/teach/classes/{classroom}/invitations", invitation::invite)
        .post("/teach/classes/{classroom}/invitations/{invitation}/end", invitation::disable)
        // Certificates
        .get("/teach/classes/{classroom}/certificates", certificate::list)
        .post("/teach/classes/{classroom}/certificates", certificate::issue)
        .post("/teach/classes/{classroom}/certificates/preview", certificate::preview)
        .get("/teach/classes/{classroom}/certificates.pdf", certificate::download_all)
        .get("/teach/classes/{classroom}/certificates/rules", certificate::show_outcomes)
        .post("/teach/classes/{classroom}/certificates/rules", certificate::change_outcomes)
        .get("/teach/classes/{classroom}/certificates/{certificate}", certificate::show)
        .get("/teach/classes/{classroom}/certificates/{certificate}/certificate.pdf", certificate::for_staff)
        .post("/teach/classes/{classroom}/certificates/{certificate}/revocation", certificate::revoke)
        .post("/teach/classes/{classroom}/certificates/{certificate}/replacement", certificate::replace)
        .get("/verify", certificate::ask_verify)
        .get("/verify/{code}", certificate::verify)
        // Grading
        .get("/teach/materials/{material}/grading", grading::sheet::handlers::show)
        .post("/teach/materials/{material}/grading", grading::sheet::handlers::save)
        .get("/teach/materials/{material}/grading/rules", grading::scheme::handlers::show)
        .post("/teach/materials/{material}/grading/rules", grading::scheme::handlers::change)
        .get("/teach/materials/{material}/grading/return", grading::returning::ask)
        .post("/teach/materials/{material}/grading/return", grading::returning::return_all)
        .get("/teach/classes/{classroom}/submissions/{submission}/view", grading::work::view::show)
        .get("/teach/comments", grading::desk::handlers::show)
        .post("/teach/comments", grading::desk::handlers::add)
        .post("/teach/comments/{comment}/deletion", grading::desk::handlers::remove)
        .post("/teach/grading-preferences", grading::desk::handlers::prefer)
        .get("/teach/classes/{classroom}/gradebook", gradebook::handlers::show)
        .post("/teach/classes/{classroom}/gradebook/students/{student}", gradebook::handlers::save_row)
        .get("/teach/classes/{classroom}/gradebook.csv", gradebook::handlers::download)
        .post("/teach/classes/{classroom}/gradebook/imports", gradebook::import::send)
        .get("/teach/classes/{classroom}/gradebook/imports/{import}", gradebook::import::show)
        .post("/teach/classes/{classroom}/gradebook/imports/{import}", gradebook::import::apply)
        // Who is told of a concern
        .get("/teach/safeguarding", safeguarding::handlers::review)
        .post("/teach/safeguarding/{concern}", safeguarding::handlers::settle)
        .post("/teach/safeguarding/{concern}/restoration", safeguarding::handlers::reopen)
        .get("/teach/organisations/{organisation}/safeguarding", safeguarding::handlers::show_contacts)
        .post("/teach/organisations/{organisation}/safeguarding", safeguarding::handlers::decide_contacts)
        // Reading along
        .get("/teach/organisations/{organisation}/transcripts", transcripts::handlers::show_settings)
        .post("/teach/organisations/{organisation}/transcripts", transcripts::handlers::decide)
        .get("/teach/classes/{classroom}/helper/transcripts", transcripts::handlers::list)
        .post("/teach/classes/{classroom}/helper/transcripts", transcripts::handlers::look)
        // Courses
        .get("/teach/courses", courses::show)
        .post("/teach/courses/imports", imports::send)
        .get("/teach/courses/imports/{import}", imports::show)
        .post("/teach/courses/imports/{import}", imports::confirm)
        .post("/teach/courses/imports/{import}/removal", imports::discard)
        .get("/teach/courses/new", course_life::show_new)
        .post("/teach/courses/new", course_life::create)
        .get("/teach/courses/{course}", course::show)
        .get("/teach/courses/{course}/title", course_life::show_title)
        .post("/teach/courses/{course}/title", course_life::change_title)
        .get("/teach/courses/{course}/deletion", course_life::show_deletion)
        .post("/teach/courses/{course}/deletion", course_life::delete)
        .post("/teach/courses/{course}/restoration", course_life::restore)
        .get("/teach/courses/{course}/arrangement", course_life::show_arrangement)
        .post("/teach/courses/{course}/lessons/{lesson}/place", course_life::place)
        .get("/teach/courses/{course}/lessons/{lesson}/deletion", course_life::show_lesson_deletion)
        .post("/teach/courses/{course}/lessons/{lesson}/deletion", course_life::delete_lesson)
        .post("/teach/courses/{course}/lessons/{lesson}/restoration", course_life::restore_lesson)
        .get("/teach/courses/{course}/export", course_export::send)
        .post("/teach/courses/{course}/classes", course_classes::give)
        .post("/teach/courses/{course}/classes/{classroom}/removal", course_classes::take_away)
        // Writing lessons
        .get("/teach/courses/{course}/lessons/new", write::show_new)
        .post("/teach/courses/{course}/lessons/new", write::act_new)
        .post("/teach/courses/{course}/lessons/new/pictures", pictures::add_to_new)
        .post("/teach/courses/{course}/lessons/new/draft/restoration", write::restore_new)
        .post("/teach/courses/{course}/lessons/{lesson}/draft/restoration", write::restore)
        .get("/teach/courses/{course}/lessons/{lesson}/edit", write::show)
        .post("/teach/courses/{course}/lessons/{lesson}/edit", write::act)
        .post("/teach/courses/{course}/lessons/{lesson}/pictures", pictures::add)
        .get("/teach/courses/{course}/lessons/{lesson}/files/{digest}/{*path}", lesson_files::for_author)
        .get("/teach/courses/{course}/lessons/{lesson}/history", history::show)
        .post("/teach/courses/{course}/lessons/{lesson}/versions/{version}/restoration", history::restore)
        // The organisation's files
        .get("/teach/files", asset::show::choose)
        .get("/teach/files/{organisation}", asset::show::show)
        .post("/teach/files/{organisation}", asset::upload::add)
        .post("/teach/files/{organisation}/{asset}/place", asset::change::place)
        .post("/teach/files/{organisation}/{asset}/visibility", asset::change::visibility)
        .post("/teach/files/{organisation}/{asset}/deletion", asset::change::delete)
        .post("/teach/files/{organisation}/{asset}/restoration", asset::change::restore)
        .get("/files/{asset}/{name}", asset::serve::send)
        // Everyone
        .post("/language", language::choose)
        // The helper; 404 at the edge
        .post("/internal/events", events::receive)
        // Machines
        .get("/healthz", health::alive)
        .get("/readyz", health::ready)
        .get("/robots.txt", well_known::robots)
        .get("/favicon.ico", well_known::favicon)
}

/// The whole hub.
pub fn router(app: &App) -> Router {
    let router = routes()
        .into_router()
        .merge(app.assets.router())
        .fallback(error::no_such_page)
        .method_not_allowed_fallback(error::no_such_method)
        .layer(
            ServiceBuilder::new()
                .layer(middleware::from_fn_with_state(app.clone(), browser::meet))
                .layer(middleware::from_fn(multipart::read_to_the_end))
                .layer(middleware::from_fn_with_state(app.clone(), error::show))
                .layer(DefaultBodyLimit::max(MAX_BODY_BYTES)),
        )
        .with_state(app.clone());
    let https = app.config.public_url.is_https();
    frame::wrap(router, FrameOptions { entropy: app.entropy.clone(), https })
}
