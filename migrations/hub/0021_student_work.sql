-- What students did: typed answers, drafts of them, and files handed in.
-- Read by hub-server: material, submission, student, privacy; the rows of stored_files by storage.

-- What a student answered to a checklist, a reflection or a rubric: one row per student and material.
create table responses (
    material_id uuid not null references materials on delete cascade,
    student_id uuid not null references students on delete cascade,
    -- As material::Answer writes it.
    answer jsonb not null,
    -- Counts up with every change, so that two windows do not overwrite one another unseen.
    revision integer not null default 1 check (revision > 0),
    saved_at timestamptz not null,
    -- Set when the student said it is done.
    handed_in_at timestamptz,
    primary key (material_id, student_id)
);

create index responses_by_student on responses (student_id);

-- What is being typed and was not handed in yet.
create table drafts (
    student_id uuid not null references students on delete cascade,
    material_id uuid not null references materials on delete cascade,
    text text not null check (char_length(text) <= 20000),
    revision integer not null default 1 check (revision > 0),
    saved_at timestamptz not null,
    primary key (student_id, material_id)
);

create index drafts_by_material on drafts (material_id);

-- Files in the storage. The file is there before its row, and its row goes before it: a row always has its file, and a
-- file without a row is swept away.
create table stored_files (
    -- Its place in the storage; nothing that a person typed.
    id uuid primary key,
    bytes bigint not null check (bytes >= 0),
    sha256 bytea not null check (octet_length(sha256) = 32),
    -- As found by looking at the content.
    content_type text not null,
    stored_at timestamptz not null
);

-- Files students handed in; every version stays until it is withdrawn or deleted.
create table submissions (
    id uuid primary key,
    material_id uuid not null references materials on delete cascade,
    student_id uuid not null references students on delete cascade,
    version integer not null check (version > 0),
    file_id uuid not null references stored_files,
    thumbnail_id uuid references stored_files,
    -- What the file was called, made safe to show and to save under.
    file_name text not null check (char_length(file_name) between 1 and 200),
    note text not null default '' check (char_length(note) <= 2000),
    submitted_at timestamptz not null,
    withdrawn_at timestamptz,
    -- Shown to the class since then; gallery only.
    shared_at timestamptz,
    unique (material_id, student_id, version)
);

create index submissions_by_student on submissions (student_id, material_id);
create index submissions_by_file on submissions (file_id);
create index submissions_by_thumbnail on submissions (thumbnail_id) where thumbnail_id is not null;
create index submissions_shared on submissions (material_id, shared_at) where shared_at is not null and withdrawn_at is null;
