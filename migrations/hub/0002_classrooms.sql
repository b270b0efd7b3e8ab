-- Classes and the students in them. Read by hub-server: classroom, enrolment, student, web::rights.

create table classrooms (
    id uuid primary key,
    organisation_id uuid not null references organisations on delete cascade,
    name text not null check (char_length(name) between 1 and 120),
    -- Eight characters without 0, 1, I and O; shown as ABCD-EFGH, stored without the dash.
    code text not null unique check (code ~ '^[A-HJ-NP-Z2-9]{8}$'),
    enrolment text not null default 'open' check (enrolment in ('open', 'invite', 'closed')),
    -- Stops new joins, never a return with a valid code.
    locked boolean not null default false,
    -- Raised to revoke every scope token of the class at once.
    epoch integer not null default 1,
    -- One of the eight hues of the stylesheet.
    accent smallint not null default 1 check (accent between 1 and 8),
    created_at timestamptz not null,
    archived_at timestamptz
);

create index classrooms_by_organisation on classrooms (organisation_id);

create table students (
    id uuid primary key,
    classroom_id uuid not null references classrooms on delete cascade,
    display_name text not null check (char_length(display_name) between 1 and 60),
    -- The name as it is compared: one identity per name and class.
    name_key text not null,
    -- Keyed hash of the return code.
    return_code_hash bytea not null,
    joined_at timestamptz not null,
    last_seen_at timestamptz not null,
    unique (classroom_id, name_key)
);
