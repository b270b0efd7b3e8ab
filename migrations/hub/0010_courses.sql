-- Courses and their files. Read by hub-server: course, lesson, student.

create table courses (
    id uuid primary key,
    organisation_id uuid not null references organisations on delete cascade,
    slug text not null check (slug ~ '^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$'),
    title text not null check (char_length(title) between 1 and 200),
    summary text not null default '',
    -- What the lessons are written in: decides the page's lang and how passages are searched.
    language text not null default 'en' check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'),
    -- course.yaml as it was read, fields we do not know included.
    sheet jsonb not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (organisation_id, slug)
);

-- Pictures and files that lessons link to. One that changed is a new row: published lessons name the digest they mean.
create table course_files (
    course_id uuid not null references courses on delete cascade,
    -- SHA-256 of the content, in hexadecimal.
    digest text not null check (digest ~ '^[0-9a-f]{64}$'),
    -- Inside the pack, with forward slashes.
    path text not null check (char_length(path) between 1 and 300),
    content_type text not null,
    -- Shown in the page, or offered as a download.
    inline boolean not null,
    content bytea not null check (octet_length(content) <= 5242880),
    added_at timestamptz not null,
    primary key (course_id, digest, path)
);

-- Which courses a class works through, in the teacher's order.
create table classroom_courses (
    classroom_id uuid not null references classrooms on delete cascade,
    course_id uuid not null references courses on delete cascade,
    position integer not null,
    assigned_at timestamptz not null,
    primary key (classroom_id, course_id)
);

create index classroom_courses_by_course on classroom_courses (course_id);
