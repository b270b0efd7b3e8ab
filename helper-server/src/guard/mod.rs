//! What stands between a student and a model, in both directions: [`redact`] takes out of a question what no model
//! needs to know, [`gate`] holds every sentence of an answer back until it may be shown. [`fold`] makes different
//! spellings of the same thing alike, [`key`] finds a lesson's answers in them.

pub mod fold;
pub mod gate;
pub mod key;
pub mod redact;
pub mod sentence;
