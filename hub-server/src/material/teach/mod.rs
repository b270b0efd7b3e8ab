//! The staff's side of materials: what a class works through, and adding to it, changing it, taking from it.

mod arrange;
pub(crate) mod due;
mod form;
mod list;
mod material;
mod module;
mod pages;
mod place;
mod restoration;
pub mod rubric_text;
mod store;
mod transfer;

pub use arrange::show as arrange;
pub use list::{add_module, show as list};
pub use material::{change, confirm, create, delete, edit, new, preview};
pub use module::{delete as delete_module, rename as rename_module, show as show_module};
pub use place::{material as place_material, module as place_module};
pub use restoration::{material as restore_material, module as restore_module};
pub use transfer::{
    copy_module, show_material as show_transfer, show_module as show_module_copy, transfer as transfer_material,
};

use crate::classroom::Classroom;
use shared_types::ids::{MaterialId, ModuleId};

/// Where the work of a class is listed.
pub fn list_path(classroom: &Classroom) -> String {
    format!("{}/materials", classroom.path())
}

/// Names the first row of that list whose work waits for a grade.
pub const TO_GRADE: &str = "to-grade";

/// Where the work of a class is put in order.
pub fn arrange_path(classroom: &Classroom) -> String {
    format!("{}/arrangement", list_path(classroom))
}

/// The staff's page of a module.
pub fn module_path(classroom: &Classroom, module: ModuleId) -> String {
    format!("{}/modules/{module}", classroom.path())
}

/// The staff's page of a material.
pub fn material_path(classroom: &Classroom, material: MaterialId) -> String {
    format!("{}/materials/{material}", classroom.path())
}
