-- Who is signed in, one row per browser, for staff and for students. Read by hub-server: web::session.

create table sessions (
    id uuid primary key,
    -- SHA-256 of the cookie's value: a copy of this table signs nobody in.
    token_hash bytea not null unique,
    staff_id uuid references staff on delete cascade,
    student_id uuid references students on delete cascade,
    -- When this session showed the second factor; null before, and always for students.
    second_factor_at timestamptz,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at timestamptz not null,
    check (num_nonnulls(staff_id, student_id) = 1)
);

create index sessions_by_staff on sessions (staff_id) where staff_id is not null;
create index sessions_by_student on sessions (student_id) where student_id is not null;
create index sessions_by_end on sessions (expires_at);

-- What a form with an idempotency key led to, so that sending it twice does it once. Read by web::idempotency.
create table idempotency_keys (
    -- The person who sent the form: a staff member's or a student's id.
    actor_id uuid not null,
    key uuid not null,
    location text not null,
    created_at timestamptz not null,
    primary key (actor_id, key)
);

create index idempotency_keys_by_age on idempotency_keys (created_at);
