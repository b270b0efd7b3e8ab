//! What a page says once after a redirect. A word from this list travels in a cookie, never a text.

use crate::web::words::{Words, t};
use helper_ui::ui::Tone;

/// Something that was just done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    SignedOut,
    SecondFactorSet,
    ClassCreated,
    CodeRotated,
    ClassLocked,
    ClassUnlocked,
    SessionEnded,
    FileHandedIn,
    Withdrawn,
    Shared,
    NoLongerShared,
    PieceDeleted,
    EverythingDeleted,
    ReleaseSet,
    ChecklistSaved,
    ChecklistDone,
    HandedIn,
    DraftSaved,
    ModuleAdded,
    ModuleDeleted,
    MaterialAdded,
    MaterialDeleted,
    Saved,
    EntryApproved,
    EntryRefused,
    EntryGone,
    EnrolmentSet,
    InvitationCreated,
    InvitationDisabled,
    StudentSignedOut,
    ClassSignedOut,
    StudentRemoved,
    CourseImported,
    CourseGiven,
    CourseTakenAway,
}

impl Notice {
    /// Every notice.
    pub const ALL: [Self; 35] = [
        Self::SignedOut,
        Self::SecondFactorSet,
        Self::ClassCreated,
        Self::CodeRotated,
        Self::ClassLocked,
        Self::ClassUnlocked,
        Self::SessionEnded,
        Self::FileHandedIn,
        Self::Withdrawn,
        Self::Shared,
        Self::NoLongerShared,
        Self::PieceDeleted,
        Self::EverythingDeleted,
        Self::ReleaseSet,
        Self::ChecklistSaved,
        Self::ChecklistDone,
        Self::HandedIn,
        Self::DraftSaved,
        Self::ModuleAdded,
        Self::ModuleDeleted,
        Self::MaterialAdded,
        Self::MaterialDeleted,
        Self::Saved,
        Self::EntryApproved,
        Self::EntryRefused,
        Self::EntryGone,
        Self::EnrolmentSet,
        Self::InvitationCreated,
        Self::InvitationDisabled,
        Self::StudentSignedOut,
        Self::ClassSignedOut,
        Self::StudentRemoved,
        Self::CourseImported,
        Self::CourseGiven,
        Self::CourseTakenAway,
    ];

    /// The word it travels as.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::SignedOut => "signed-out",
            Self::SecondFactorSet => "second-factor-set",
            Self::ClassCreated => "class-created",
            Self::CodeRotated => "code-rotated",
            Self::ClassLocked => "class-locked",
            Self::ClassUnlocked => "class-unlocked",
            Self::SessionEnded => "session-ended",
            Self::FileHandedIn => "file-handed-in",
            Self::Withdrawn => "withdrawn",
            Self::Shared => "shared",
            Self::NoLongerShared => "no-longer-shared",
            Self::PieceDeleted => "piece-deleted",
            Self::EverythingDeleted => "everything-deleted",
            Self::ReleaseSet => "release-set",
            Self::ChecklistSaved => "checklist-saved",
            Self::ChecklistDone => "checklist-done",
            Self::HandedIn => "handed-in",
            Self::DraftSaved => "draft-saved",
            Self::ModuleAdded => "module-added",
            Self::ModuleDeleted => "module-deleted",
            Self::MaterialAdded => "material-added",
            Self::MaterialDeleted => "material-deleted",
            Self::Saved => "saved",
            Self::EntryApproved => "entry-approved",
            Self::EntryRefused => "entry-refused",
            Self::EntryGone => "entry-gone",
            Self::EnrolmentSet => "enrolment-set",
            Self::InvitationCreated => "invitation-created",
            Self::InvitationDisabled => "invitation-disabled",
            Self::StudentSignedOut => "student-signed-out",
            Self::ClassSignedOut => "class-signed-out",
            Self::StudentRemoved => "student-removed",
            Self::CourseImported => "course-imported",
            Self::CourseGiven => "course-given",
            Self::CourseTakenAway => "course-taken-away",
        }
    }

    /// The notice of a word.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|notice| notice.slug() == slug)
    }

    /// How it is meant, and the word that leads it.
    pub fn tone(self, words: Words) -> (Tone, &'static str) {
        match self {
            Self::SessionEnded | Self::EntryGone => (Tone::Info, t!(words, "notice-word-info")),
            _ => (Tone::Success, t!(words, "notice-word-done")),
        }
    }

    /// What it says.
    pub fn text(self, words: Words) -> &'static str {
        match self {
            Self::SignedOut => t!(words, "notice-signed-out"),
            Self::SecondFactorSet => t!(words, "notice-second-factor-set"),
            Self::ClassCreated => t!(words, "notice-class-created"),
            Self::CodeRotated => t!(words, "notice-code-rotated"),
            Self::ClassLocked => t!(words, "notice-class-locked"),
            Self::ClassUnlocked => t!(words, "notice-class-unlocked"),
            Self::SessionEnded => t!(words, "notice-session-ended"),
            Self::FileHandedIn => t!(words, "notice-file-handed-in"),
            Self::Withdrawn => t!(words, "notice-withdrawn"),
            Self::Shared => t!(words, "notice-shared"),
            Self::NoLongerShared => t!(words, "notice-no-longer-shared"),
            Self::PieceDeleted => t!(words, "notice-piece-deleted"),
            Self::EverythingDeleted => t!(words, "notice-everything-deleted"),
            Self::ReleaseSet => t!(words, "notice-release-set"),
            Self::ChecklistSaved => t!(words, "notice-checklist-saved"),
            Self::ChecklistDone => t!(words, "notice-checklist-done"),
            Self::HandedIn => t!(words, "notice-handed-in"),
            Self::DraftSaved => t!(words, "notice-draft-saved"),
            Self::ModuleAdded => t!(words, "notice-module-added"),
            Self::ModuleDeleted => t!(words, "notice-module-deleted"),
            Self::MaterialAdded => t!(words, "notice-material-added"),
            Self::MaterialDeleted => t!(words, "notice-material-deleted"),
            Self::Saved => t!(words, "notice-saved"),
            Self::EntryApproved => t!(words, "notice-entry-approved"),
            Self::EntryRefused => t!(words, "notice-entry-refused"),
            Self::EntryGone => t!(words, "notice-entry-gone"),
            Self::EnrolmentSet => t!(words, "notice-enrolment-set"),
            Self::InvitationCreated => t!(words, "notice-invitation-created"),
            Self::InvitationDisabled => t!(words, "notice-invitation-disabled"),
            Self::StudentSignedOut => t!(words, "notice-student-signed-out"),
            Self::ClassSignedOut => t!(words, "notice-class-signed-out"),
            Self::StudentRemoved => t!(words, "notice-student-removed"),
            Self::CourseImported => t!(words, "notice-course-imported"),
            Self::CourseGiven => t!(words, "notice-course-given"),
            Self::CourseTakenAway => t!(words, "notice-course-taken-away"),
        }
    }
}
