-- How long a course or a lesson that was deleted here can be brought back. Read by hub-server: course.

-- A deleted course is in no class: the hub refuses to delete one that is.
alter table courses add column deleted_at timestamptz;

create index courses_deleted on courses (deleted_at) where deleted_at is not null;

-- What a lesson that a teacher deleted needs to stand again where it stood. It means something only while the lesson's
-- removed_at is this deleted_at: an import may have brought the lesson back, or taken it out once more. The lesson's row
-- and its versions stay for good, with what students did.
create table deleted_lessons (
    lesson_id uuid primary key references lessons on delete cascade,
    -- Its entry in course.yaml, as JSON; null where there was none.
    entry jsonb,
    -- The first is 1.
    place integer not null check (place > 0),
    deleted_at timestamptz not null
);

create index deleted_lessons_by_age on deleted_lessons (deleted_at);
