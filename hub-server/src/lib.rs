//! Class Hub: joining, lessons, student work and teaching. One folder per feature; `routes` is the table of contents.

// A page's markup is one nested type; a lesson page goes deeper than the default allows.
#![recursion_limit = "256"]

pub mod account;
pub mod announcement;
pub mod app;
pub mod asset;
pub mod audit;
pub mod certificate;
pub mod classroom;
pub mod code;
pub mod config;
pub mod course;
pub mod demo;
pub mod enrolment;
pub mod gradebook;
pub mod grading;
pub mod helper_link;
mod helper_rules;
mod hexadecimal;
pub mod jobs;
pub mod lesson;
pub mod live;
pub mod material;
pub mod migrations;
pub mod organisation;
pub mod privacy;
pub mod routes;
mod safeguarding;
pub mod storage;
pub mod student;
pub mod submission;
mod transcripts;
pub mod ui;
pub mod web;
