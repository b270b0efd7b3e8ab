//! The staff's side of materials: what a class works through, and adding to it, changing it, taking from it.

mod due;
mod form;
mod list;
mod material;
mod module;
mod pages;
pub mod rubric_text;
mod store;

pub use list::{add_module, show as list};
pub use material::{change, confirm, create, delete, edit, new, preview};
pub use module::{delete as delete_module, rename as rename_module, show as show_module};

use crate::classroom::Classroom;
use shared_types::ids::{MaterialId, ModuleId};

/// Where the work of a class is listed.
pub fn list_path(classroom: &Classroom) -> String {
    format!("{}/materials", classroom.path())
}

/// The staff's page of a module.
pub fn module_path(classroom: &Classroom, module: ModuleId) -> String {
    format!("{}/modules/{module}", classroom.path())
}

/// The staff's page of a material.
pub fn material_path(classroom: &Classroom, material: MaterialId) -> String {
    format!("{}/materials/{material}", classroom.path())
}
