-- What teachers are writing and have not published. Read by hub-server: lesson::editor. Nothing of it reaches a student.

create table lesson_drafts (
    id uuid primary key,
    course_id uuid not null references courses on delete cascade,
    -- Null: a lesson that was not published yet.
    lesson_id uuid references lessons on delete cascade,
    staff_id uuid not null references staff on delete cascade,
    -- The version it was begun on; a later one that is there when it is published is shown first.
    base_version integer not null check (base_version >= 0),
    -- The form as it was typed, mistakes included.
    form jsonb not null check (octet_length(form::text) <= 1500000),
    -- Counts up with every change, so that two windows do not overwrite one another unseen.
    revision integer not null default 1 check (revision > 0),
    saved_at timestamptz not null
);

-- One per lesson and person, and one for a new lesson per course and person.
create unique index lesson_drafts_of_a_lesson on lesson_drafts (lesson_id, staff_id) where lesson_id is not null;
create unique index lesson_drafts_of_a_course on lesson_drafts (course_id, staff_id) where lesson_id is null;
create index lesson_drafts_by_staff on lesson_drafts (staff_id);

-- Who published which version is asked by what it was done to.
create index audit_entries_by_subject on audit_entries (subject_id, action);
