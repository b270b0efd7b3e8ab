//! What a page says once after a redirect. A word from this list travels in a cookie, never a text.

use crate::web::words::{Words, t};
use helper_ui::ui::Tone;
use strum::{EnumIter, IntoEnumIterator, IntoStaticStr};

/// What stands before a notice's word in the key of its text.
const PREFIX: &str = "notice-";

/// Something that was just done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, IntoStaticStr)]
#[strum(prefix = "notice-", serialize_all = "kebab-case")]
pub enum Notice {
    SignedOut,
    SecondFactorSet,
    ClassCreated,
    CodeRotated,
    ClassLocked,
    ClassUnlocked,
    SessionEnded,
    Left,
    LeftForGood,
    LessonFinished,
    FileHandedIn,
    Withdrawn,
    HandedInAgain,
    HandedInAgainUnshared,
    Shared,
    NoLongerShared,
    TakenDown,
    PieceDeleted,
    EverythingDeleted,
    ReleaseSet,
    ChecklistSaved,
    ChecklistDone,
    HandedIn,
    DraftSaved,
    ChangesDiscarded,
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
    CourseCreated,
    CourseDeleted,
    LessonDeleted,
    CourseImported,
    CourseGiven,
    CourseTakenAway,
    DraftDiscarded,
    DraftRestored,
    LessonPublished,
    LessonPublishedForNoClass,
    LessonChanged,
    LessonRestored,
    RestoreRefused,
    PictureAdded,
    FileAdded,
    FileChanged,
    FilePublished,
    FileHidden,
    FileDeleted,
    FileRestored,
    AllGraded,
    GradeReturned,
    GradesReturned,
    GradebookImported,
    ClassArchived,
    ClassUnarchived,
    ClassDeleted,
    ClassRestored,
    ClassCopied,
    Moved,
    Copied,
    CopiedWithoutLessons,
    BroughtBack,
    ConcernSettled,
    ConcernReopened,
    RosterReset,
    StudentsAdded,
    StudentRenamed,
    StudentsMerged,
    Announced,
    AnnouncementDeleted,
    NobodyChosen,
    CertificatesIssued,
    CertificateRevoked,
    CertificateReplaced,
    ClassImported,
}

impl Notice {
    /// The key of what it says, as `notice-signed-out`.
    pub fn key(self) -> &'static str {
        self.into()
    }

    /// The word it travels as.
    pub fn slug(self) -> &'static str {
        self.key().strip_prefix(PREFIX).unwrap_or_default()
    }

    /// The notice of a word.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::iter().find(|notice| notice.slug() == slug)
    }

    /// How it is meant, and the word that leads it.
    pub fn tone(self, words: Words) -> (Tone, &'static str) {
        match self {
            Self::SessionEnded | Self::EntryGone | Self::LessonChanged | Self::RestoreRefused | Self::NobodyChosen => {
                (Tone::Info, t!(words, "notice-word-info"))
            }
            _ => (Tone::Success, t!(words, "notice-word-done")),
        }
    }

    /// What it says.
    pub fn text(self, words: Words) -> &'static str {
        words.get(self.key())
    }
}
