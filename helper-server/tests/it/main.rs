//! The helper as a whole: real Postgres and Redis, a scripted model, a scripted hub, and people.

#![expect(clippy::unwrap_used, reason = "a test that cannot set its stage has failed")]

mod asking;
mod away;
mod backends;
mod chat_page;
mod crashing;
mod erasing;
mod keeping;
mod line;
mod long;
mod pages;
mod policy;
mod rating;
mod reading;
mod reporting;
mod roles;
mod stopping;
mod support;
mod transcripts;
