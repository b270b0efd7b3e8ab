-- What a course pack brought, kept so that an export is what was imported. Read by hub-server: course, lesson, material.

-- Pictures, and since now short films.
alter table course_files drop constraint course_files_content_check;
alter table course_files add constraint course_files_content_check check (octet_length(content) <= 31457280);

-- Every file of the pack as it came, the sheet and the lessons included; it never goes to a browser from here. What a
-- lesson shows lies in course_files, once.
create table course_pack_files (
    course_id uuid not null references courses on delete cascade,
    path text not null check (char_length(path) between 1 and 300),
    content bytea check (octet_length(content) <= 31457280),
    served_digest text,
    -- Written here since the last import: it stays while the lesson it belongs to keeps what was written.
    edited boolean not null default false,
    primary key (course_id, path),
    foreign key (course_id, served_digest, path) references course_files (course_id, digest, path),
    check ((content is null) <> (served_digest is null))
);

-- Path of the lesson in its pack; null where it was written here and never exported.
alter table lessons add column file text check (char_length(file) between 1 and 300);
-- The digest the last import came with: an import that brings the same again does not undo what was edited since.
alter table lessons add column imported_digest text;

-- As it was written, without the lines of dashes.
alter table lesson_versions add column front_matter text not null default '';
-- As course::video::Video writes them.
alter table lesson_versions add column videos jsonb not null default '[]';
-- As course::materials::PackMaterial writes them: what the lesson puts into a class's module.
alter table lesson_versions add column materials jsonb not null default '[]';

-- A course that was sent in and is being looked at before it is imported; forgotten after a day.
create table course_imports (
    id uuid primary key,
    organisation_id uuid not null references organisations on delete cascade,
    staff_id uuid not null references staff on delete cascade,
    file_name text not null check (char_length(file_name) between 1 and 200),
    content bytea not null check (octet_length(content) <= 41943040),
    created_at timestamptz not null
);

create index course_imports_by_age on course_imports (created_at);
