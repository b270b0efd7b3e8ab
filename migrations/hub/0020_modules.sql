-- What a class works through: modules, and in each the materials. Read by hub-server: material, student, submission.

create table modules (
    id uuid primary key,
    classroom_id uuid not null references classrooms on delete cascade,
    title text not null check (char_length(title) between 1 and 200),
    -- The order within the class.
    position integer not null,
    -- The lesson this module came with; an import finds it again by this.
    lesson_id uuid references lessons on delete set null,
    created_at timestamptz not null,
    -- Soft: what students did in it stays for thirty days.
    deleted_at timestamptz
);

create index modules_in_order on modules (classroom_id, position) where deleted_at is null;
create unique index modules_by_lesson on modules (classroom_id, lesson_id) where lesson_id is not null;

create table materials (
    id uuid primary key,
    module_id uuid not null references modules on delete cascade,
    kind text not null check (kind in ('link', 'text', 'upload', 'gallery', 'checklist', 'reflection', 'rubric')),
    title text not null check (char_length(title) between 1 and 200),
    -- The order within the module.
    position integer not null,
    -- What is particular to the kind, as material::Settings writes it.
    settings jsonb not null,
    -- A link into a lesson of the class.
    lesson_id uuid references lessons on delete cascade,
    due_at timestamptz,
    -- Which part of the lesson's pack it came with, so that an import brings it up to date; null where a teacher made it.
    origin text check (char_length(origin) between 1 and 100),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    check (lesson_id is null or kind = 'link')
);

create index materials_in_order on materials (module_id, position) where deleted_at is null;
create unique index materials_by_origin on materials (module_id, origin) where origin is not null;
