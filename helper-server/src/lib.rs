//! The homework helper: takes students' questions, streams answers back, and tells the hub in numbers only.
//!
//! [`turn`] is the heart: the life of one question and its answer. [`policy`] says what may be asked,
//! [`passages`] and [`prompt`] what a model is told, [`backend`] which model answers, [`outgoing`] how its
//! text is made safe to show, [`report`] what the hub hears of it. [`routes`] is the table of contents.

pub mod app;
pub mod backend;
pub mod config;
pub mod eval;
pub mod guard;
mod health;
mod live;
pub mod migrations;
mod outgoing;
mod passages;
mod policy;
mod prompt;
mod redis;
mod report;
pub mod retention;
pub mod routes;
pub mod turn;
mod web;
