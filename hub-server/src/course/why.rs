//! Every way in which a course pack can be wrong, in the words of whoever has to mend it.

use crate::{lesson::markdown::TooNested, t, web::Words};

/// What is wrong and what to do: a predicate to the file, line and field it is said of, without a full stop. Details
/// come from the libraries that read zip, XML and YAML, which speak English only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    // Files.
    Unreadable { detail: String },
    FoldersTooDeep { most: usize },
    NameNotUtf8,
    NameReadAsDos,
    NotAPlainFile,
    Twice,
    OneFileTooMany { most: usize },
    TooMuch { mb: u64 },
    FileAndFolder,
    AbsolutePath,
    LeadsOut,
    OddName,
    NoName,
    NameTooLong,
    NotUtf8,
    HoldsNul,
    TextTooLong { kb: usize },
    NotWhatItsNameSays,
    // What a course comes in.
    SourceTooLarge { mb: u64 },
    NotACourse,
    NotAZip { detail: String },
    TooManyEntries { count: usize, most: usize },
    EntryUnreadable { number: usize, detail: String },
    SeveralPacks { one: String, other: String },
    NoCourseInside,
    NoCourseNearly { path: String },
    Locked,
    Damaged { detail: String },
    NoSession,
    NothingToLearn,
    DamagedDocument { xml: XmlFault },
    DamagedManifest { xml: XmlFault },
    // Fields.
    FieldsTooLong { kb: usize },
    ColonNeedsQuotes { example: String },
    StartNeedsQuotes { sign: String, example: String },
    TextBehindQuotes { example: String },
    QuoteNeverEnds { example: String },
    BackslashInQuotes { example: String },
    SpaceMissing { example: String },
    TabIndents { example: String },
    NoBreakSpace { example: String },
    RepeatedField,
    SecondDocument,
    DoesNotLineUp { text: String },
    NotYaml { detail: String },
    NotFields,
    FieldsNeverEnd,
    FieldsNotRecognised,
    FieldMissing,
    FieldNearly { meant: String },
    TakenForRemark { text: String },
    NotALevel,
    NoHandIn { kind: String },
    SheetSaysOtherwise { said: String, counts: String },
    LessonNotListed,
    NotANumber { most: i32 },
    NotAList,
    NotAText,
    NotAMapping,
    NotADate,
    NotALanguage,
    NotASlug { most: usize },
    TooManyCharacters { most: usize },
    HasItsOwnField,
    // The course and its lessons.
    SheetMissing,
    SheetNearly { path: String },
    SheetFurtherIn { folder: String },
    NoLesson,
    TooManyLessons { most: usize },
    FileMissing { path: String },
    FileNearly { path: String, meant: String },
    SlugOfAnotherLesson { slug: String },
    FileOfAnotherLesson { path: String },
    LinkLeadsOut { link: String },
    LinkToNothing { path: String },
    LinkNearly { path: String, meant: String },
    LinkToUnshown { path: String },
    FrameNotShown { link: String },
    PictureInText,
    PictureElsewhere { link: String },
    NestsTooDeep { most: usize },
    NotAVideoAddress,
    VideoNeedsScheme { address: String },
    NotAYoutubeId,
    NotMinutes,
    // What a lesson puts into a class.
    TooManyMaterials { most: usize },
    SlugOfAnotherMaterial { slug: String },
    NotAKind,
    NotAnEnding { text: String },
    NotAnAddress,
    ItemsUnfit { most: usize },
    CriteriaUnfit { most: usize },
    LevelsUnfit,
    ScaleUnfit { most: i32 },
}

impl Why {
    /// In the language of `words`.
    #[expect(clippy::too_many_lines, reason = "a line for each fault, in the order of the enum")]
    pub fn said(&self, words: Words) -> String {
        match self {
            Self::Unreadable { detail } => t!(words, "pack-fault-unreadable", detail = detail.clone()),
            Self::FoldersTooDeep { most } => t!(words, "pack-fault-folders-too-deep", most = *most),
            Self::NameNotUtf8 => t!(words, "pack-fault-name-not-utf8").to_owned(),
            Self::NameReadAsDos => t!(words, "pack-fault-name-read-as-dos").to_owned(),
            Self::NotAPlainFile => t!(words, "pack-fault-not-a-plain-file").to_owned(),
            Self::Twice => t!(words, "pack-fault-twice").to_owned(),
            Self::OneFileTooMany { most } => t!(words, "pack-fault-one-file-too-many", most = *most),
            Self::TooMuch { mb } => t!(words, "pack-fault-too-much", mb = *mb),
            Self::FileAndFolder => t!(words, "pack-fault-file-and-folder").to_owned(),
            Self::AbsolutePath => t!(words, "pack-fault-absolute-path").to_owned(),
            Self::LeadsOut => t!(words, "pack-fault-leads-out").to_owned(),
            Self::OddName => t!(words, "pack-fault-odd-name").to_owned(),
            Self::NoName => t!(words, "pack-fault-no-name").to_owned(),
            Self::NameTooLong => t!(words, "pack-fault-name-too-long").to_owned(),
            Self::NotUtf8 => t!(words, "pack-fault-not-utf8").to_owned(),
            Self::HoldsNul => t!(words, "pack-fault-holds-nul").to_owned(),
            Self::TextTooLong { kb } => t!(words, "pack-fault-text-too-long", kb = *kb),
            Self::NotWhatItsNameSays => t!(words, "pack-fault-not-what-its-name-says").to_owned(),
            Self::SourceTooLarge { mb } => t!(words, "pack-fault-source-too-large", mb = *mb),
            Self::NotACourse => t!(words, "pack-fault-not-a-course").to_owned(),
            Self::NotAZip { detail } => t!(words, "pack-fault-not-a-zip", detail = detail.clone()),
            Self::TooManyEntries { count, most } => {
                t!(words, "pack-fault-too-many-entries", count = *count, most = *most)
            }
            Self::EntryUnreadable { number, detail } => {
                t!(words, "pack-fault-entry-unreadable", number = *number, detail = detail.clone())
            }
            Self::SeveralPacks { one, other } => {
                t!(words, "pack-fault-several-packs", one = one.clone(), other = other.clone())
            }
            Self::NoCourseInside => t!(words, "pack-fault-no-course-inside").to_owned(),
            Self::NoCourseNearly { path } => t!(words, "pack-fault-no-course-nearly", path = path.clone()),
            Self::Locked => t!(words, "pack-fault-locked").to_owned(),
            Self::Damaged { detail } => t!(words, "pack-fault-damaged", detail = detail.clone()),
            Self::NoSession => t!(words, "pack-fault-no-session").to_owned(),
            Self::NothingToLearn => t!(words, "pack-fault-nothing-to-learn").to_owned(),
            Self::DamagedDocument { xml } => t!(words, "pack-fault-damaged-document", xml = xml.said(words)),
            Self::DamagedManifest { xml } => t!(words, "pack-fault-damaged-manifest", xml = xml.said(words)),
            Self::FieldsTooLong { kb } => t!(words, "pack-fault-fields-too-long", kb = *kb),
            Self::ColonNeedsQuotes { example } => t!(words, "pack-fault-colon-needs-quotes", example = example.clone()),
            Self::StartNeedsQuotes { sign, example } => {
                t!(words, "pack-fault-start-needs-quotes", sign = sign.clone(), example = example.clone())
            }
            Self::TextBehindQuotes { example } => t!(words, "pack-fault-text-behind-quotes", example = example.clone()),
            Self::QuoteNeverEnds { example } => t!(words, "pack-fault-quote-never-ends", example = example.clone()),
            Self::BackslashInQuotes { example } => {
                t!(words, "pack-fault-backslash-in-quotes", example = example.clone())
            }
            Self::SpaceMissing { example } => t!(words, "pack-fault-space-missing", example = example.clone()),
            Self::TabIndents { example } => t!(words, "pack-fault-tab-indents", example = example.clone()),
            Self::NoBreakSpace { example } => t!(words, "pack-fault-no-break-space", example = example.clone()),
            Self::RepeatedField => t!(words, "pack-fault-repeated-field").to_owned(),
            Self::SecondDocument => t!(words, "pack-fault-second-document").to_owned(),
            Self::DoesNotLineUp { text } => t!(words, "pack-fault-does-not-line-up", text = text.clone()),
            Self::NotYaml { detail } => t!(words, "pack-fault-not-yaml", detail = detail.clone()),
            Self::NotFields => t!(words, "pack-fault-not-fields").to_owned(),
            Self::FieldsNeverEnd => t!(words, "pack-fault-fields-never-end").to_owned(),
            Self::FieldsNotRecognised => t!(words, "pack-fault-fields-not-recognised").to_owned(),
            Self::FieldMissing => t!(words, "pack-fault-field-missing").to_owned(),
            Self::FieldNearly { meant } => t!(words, "pack-fault-field-nearly", meant = meant.clone()),
            Self::TakenForRemark { text } => t!(words, "pack-fault-taken-for-remark", text = text.clone()),
            Self::NotALevel => t!(words, "pack-fault-not-a-level").to_owned(),
            Self::NoHandIn { kind } => t!(words, "pack-fault-no-hand-in", kind = kind.clone()),
            Self::SheetSaysOtherwise { said, counts } => {
                t!(words, "pack-fault-sheet-says-otherwise", said = said.clone(), counts = counts.clone())
            }
            Self::LessonNotListed => t!(words, "pack-fault-lesson-not-listed").to_owned(),
            Self::NotANumber { most } => t!(words, "pack-fault-not-a-number", most = *most),
            Self::NotAList => t!(words, "pack-fault-not-a-list").to_owned(),
            Self::NotAText => t!(words, "pack-fault-not-a-text").to_owned(),
            Self::NotAMapping => t!(words, "pack-fault-not-a-mapping").to_owned(),
            Self::NotADate => t!(words, "pack-fault-not-a-date").to_owned(),
            Self::NotALanguage => t!(words, "pack-fault-not-a-language").to_owned(),
            Self::NotASlug { most } => t!(words, "pack-fault-not-a-slug", most = *most),
            Self::TooManyCharacters { most } => t!(words, "pack-fault-too-many-characters", most = *most),
            Self::HasItsOwnField => t!(words, "pack-fault-has-its-own-field").to_owned(),
            Self::SheetMissing => t!(words, "pack-fault-sheet-missing").to_owned(),
            Self::SheetNearly { path } => t!(words, "pack-fault-sheet-nearly", path = path.clone()),
            Self::SheetFurtherIn { folder } => t!(words, "pack-fault-sheet-further-in", folder = folder.clone()),
            Self::NoLesson => t!(words, "pack-fault-no-lesson").to_owned(),
            Self::TooManyLessons { most } => t!(words, "pack-fault-too-many-lessons", most = *most),
            Self::FileMissing { path } => t!(words, "pack-fault-file-missing", path = path.clone()),
            Self::FileNearly { path, meant } => {
                t!(words, "pack-fault-file-nearly", path = path.clone(), meant = meant.clone())
            }
            Self::SlugOfAnotherLesson { slug } => t!(words, "pack-fault-slug-of-another-lesson", slug = slug.clone()),
            Self::FileOfAnotherLesson { path } => t!(words, "pack-fault-file-of-another-lesson", path = path.clone()),
            Self::LinkLeadsOut { link } => t!(words, "pack-fault-link-leads-out", link = link.clone()),
            Self::LinkToNothing { path } => t!(words, "pack-fault-link-to-nothing", path = path.clone()),
            Self::LinkNearly { path, meant } => {
                t!(words, "pack-fault-link-nearly", path = path.clone(), meant = meant.clone())
            }
            Self::LinkToUnshown { path } => t!(words, "pack-fault-link-to-unshown", path = path.clone()),
            Self::FrameNotShown { link } => t!(words, "pack-fault-frame-not-shown", link = link.clone()),
            Self::PictureInText => t!(words, "pack-fault-picture-in-text").to_owned(),
            Self::PictureElsewhere { link } => t!(words, "pack-fault-picture-elsewhere", link = link.clone()),
            Self::NestsTooDeep { most } => t!(words, "pack-fault-nests-too-deep", most = *most),
            Self::NotAVideoAddress => t!(words, "pack-fault-not-a-video-address").to_owned(),
            Self::VideoNeedsScheme { address } => {
                t!(words, "pack-fault-video-needs-scheme", address = address.clone())
            }
            Self::NotAYoutubeId => t!(words, "pack-fault-not-a-youtube-id").to_owned(),
            Self::NotMinutes => t!(words, "pack-fault-not-minutes").to_owned(),
            Self::TooManyMaterials { most } => t!(words, "pack-fault-too-many-materials", most = *most),
            Self::SlugOfAnotherMaterial { slug } => {
                t!(words, "pack-fault-slug-of-another-material", slug = slug.clone())
            }
            Self::NotAKind => t!(words, "pack-fault-not-a-kind").to_owned(),
            Self::NotAnEnding { text } => t!(words, "pack-fault-not-an-ending", text = text.clone()),
            Self::NotAnAddress => t!(words, "pack-fault-not-an-address").to_owned(),
            Self::ItemsUnfit { most } => t!(words, "pack-fault-items-unfit", most = *most),
            Self::CriteriaUnfit { most } => t!(words, "pack-fault-criteria-unfit", most = *most),
            Self::ScaleUnfit { most } => t!(words, "pack-fault-scale-unfit", most = *most),
            Self::LevelsUnfit => t!(words, "pack-fault-levels-unfit").to_owned(),
        }
    }
}

impl From<TooNested> for Why {
    fn from(TooNested { most }: TooNested) -> Self {
        Self::NestsTooDeep { most }
    }
}

/// Why an XML document inside a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum XmlFault {
    NotUtf8,
    TooDeep,
    Invalid { detail: String },
    EndsInTheMiddle,
    Empty,
    NoText,
}

impl XmlFault {
    fn said(&self, words: Words) -> String {
        match self {
            Self::NotUtf8 => t!(words, "pack-xml-not-utf8").to_owned(),
            Self::TooDeep => t!(words, "pack-xml-too-deep").to_owned(),
            Self::Invalid { detail } => t!(words, "pack-xml-invalid", detail = detail.clone()),
            Self::EndsInTheMiddle => t!(words, "pack-xml-ends-in-the-middle").to_owned(),
            Self::Empty => t!(words, "pack-xml-empty").to_owned(),
            Self::NoText => t!(words, "pack-xml-no-text").to_owned(),
        }
    }
}
