//! What the proof programs share: the running system they are pointed at, a student's client, a browser, and a
//! scripted model.

pub mod arguments;
pub mod assignment;
pub mod browser;
pub mod files;
pub mod gradable;
pub mod hostile;
pub mod leaking_model;
pub mod load;
pub mod memory;
pub mod report;
pub mod scripted_model;
pub mod staff;
pub mod student;
pub mod system;
pub mod turns;
pub mod visitor;
pub mod workload;
