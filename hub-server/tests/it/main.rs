//! The hub over HTTP against a real PostgreSQL and Redis, in one binary.
//!
//! Every test has a database of its own. `TEST_DATABASE_URL` names a superuser's (by default the development server's),
//! `TEST_REDIS_URL` a Redis that may be written to.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]

mod announcements;
mod assets;
mod audit;
mod certificates;
mod class_archive;
mod class_export;
mod class_life;
mod classes;
mod coming_back;
mod courses;
mod database_roles;
mod demo;
mod drafts;
mod erasure;
mod errors;
mod forms;
mod gallery;
mod gradebook;
mod grading;
mod harness;
mod helper_events;
mod helper_rules;
mod home;
mod hostile_packs;
mod invitations;
mod joining;
mod kept_pages;
mod language;
mod lesson_editor;
mod lesson_release;
mod lessons;
mod letting_in;
mod materials;
mod my_data;
mod operating;
mod people;
mod rights;
mod roster;
mod roster_many;
mod safeguarding;
mod second_factor;
mod sign_in;
mod storage;
mod transcripts;
mod uploads;
mod without_redis;
mod words;
