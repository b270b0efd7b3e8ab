-- Organisations, the people with an account, and what each may do where.
-- Read by hub-server: account, organisation, web::rights.

create table organisations (
    id uuid primary key,
    name text not null check (char_length(name) between 1 and 120),
    created_at timestamptz not null
);

create table staff (
    id uuid primary key,
    -- Stored in lower case, so that the plain unique index is the rule.
    email text not null unique check (email = lower(email) and char_length(email) between 3 and 254),
    display_name text not null check (char_length(display_name) between 1 and 80),
    -- PHC string, argon2id.
    password_hash text not null,
    -- Sealed with HUB_SECRET_KEY; null until the second factor is enrolled.
    totp_secret bytea,
    -- The last time step a code was accepted for: it is never accepted again.
    totp_last_step bigint not null default 0,
    created_at timestamptz not null,
    disabled_at timestamptz
);

-- Ten per enrolment, each good for one sign-in. Keyed hashes; a used one stays, so that it can be shown as used.
create table recovery_codes (
    id uuid primary key,
    staff_id uuid not null references staff on delete cascade,
    code_hash bytea not null,
    used_at timestamptz,
    unique (staff_id, code_hash)
);

create table memberships (
    organisation_id uuid not null references organisations on delete cascade,
    staff_id uuid not null references staff on delete cascade,
    role text not null check (role in ('owner', 'admin', 'teacher', 'viewer')),
    created_at timestamptz not null,
    primary key (organisation_id, staff_id)
);

create index memberships_by_staff on memberships (staff_id);
