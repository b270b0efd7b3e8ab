//! What the proof programs share: the running system they are pointed at, a student's client, a browser, and a
//! scripted model.

pub mod arguments;
pub mod asking;
pub mod assignment;
pub mod browser;
pub mod cutting_proxy;
pub mod files;
pub mod gradable;
pub mod hostile;
pub mod leaking_model;
pub mod load;
pub mod memory;
pub mod report;
pub mod resp;
pub mod scripted_model;
pub mod staff;
pub mod student;
pub mod system;
pub mod telling_model;
pub mod turns;
pub mod visitor;
pub mod workload;
