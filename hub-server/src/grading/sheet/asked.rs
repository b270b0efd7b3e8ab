//! What the address of a sheet says: whose work, which version of it, in which order one goes on.

use crate::{grading, web::Error};
use serde::Deserialize;
use shared_types::ids::{MaterialId, StudentId};

/// The query of the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    student: Option<String>,
    /// An older version of the file.
    pub version: Option<i32>,
    show: Option<String>,
    /// Only this criterion is graded, one student after the other.
    pub criterion: Option<String>,
}

/// Which works one goes through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    #[default]
    All,
    /// Those that wait for a grade.
    Ungraded,
    /// Those that came after the due date.
    Late,
    /// Those that are graded and not returned.
    Unreturned,
}

impl Show {
    /// Every one, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::All, Self::Ungraded, Self::Late, Self::Unreturned];

    /// As addresses name it.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Ungraded => "ungraded",
            Self::Late => "late",
            Self::Unreturned => "unreturned",
        }
    }
}

impl Asked {
    /// Whose work; none where the address names nobody.
    pub fn student(&self) -> Result<Option<StudentId>, Error> {
        self.student.as_deref().map(|id| id.parse().map_err(|_| Error::NotFound)).transpose()
    }

    /// Which works one goes through; what is unknown is all of them.
    pub fn show(&self) -> Show {
        Show::ALL.into_iter().find(|show| Some(show.slug()) == self.show.as_deref()).unwrap_or_default()
    }

    /// The sheet of another student, seen in the same way.
    pub fn path(&self, material: MaterialId, student: StudentId) -> String {
        self.path_with(material, Some(student), self.show(), self.criterion.as_deref())
    }

    /// What a form keeps of the way a sheet is seen, as name and value.
    pub fn kept(&self) -> impl Iterator<Item = (&'static str, String)> {
        let show = Some(self.show()).filter(|show| *show != Show::All).map(|show| ("show", show.slug().to_owned()));
        show.into_iter().chain(self.criterion.clone().map(|criterion| ("criterion", criterion)))
    }

    /// A sheet seen in another way.
    pub fn path_with(
        &self,
        material: MaterialId,
        student: Option<StudentId>,
        show: Show,
        criterion: Option<&str>,
    ) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Some(student) = student {
            query.append_pair("student", &student.to_string());
        }
        if show != Show::All {
            query.append_pair("show", show.slug());
        }
        if let Some(criterion) = criterion {
            query.append_pair("criterion", criterion);
        }
        let query = query.finish();
        let path = grading::path(material);
        if query.is_empty() { path } else { format!("{path}?{query}") }
    }
}
