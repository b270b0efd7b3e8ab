-- What a teacher tells a class. Read by hub-server: announcement, student.

create table announcements (
    id uuid primary key,
    classroom_id uuid not null references classrooms on delete cascade,
    -- Null when the account is gone.
    staff_id uuid references staff on delete set null,
    -- Markdown as it was typed, and the sanitised HTML that is shown.
    source text not null check (char_length(source) between 1 and 4000),
    html text not null,
    published_at timestamptz not null,
    changed_at timestamptz,
    -- Shown to students until then; null where it stays.
    ends_at timestamptz,
    -- Soft: a deletion can be taken back for thirty days.
    deleted_at timestamptz
);

create index announcements_of_class on announcements (classroom_id, published_at desc) where deleted_at is null;
create index announcements_deleted on announcements (deleted_at) where deleted_at is not null;
