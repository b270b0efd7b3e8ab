-- What a class asks for before it gives a certificate, and the certificates that were given.
-- Read by hub-server: certificate, privacy.

create table outcomes (
    classroom_id uuid primary key references classrooms on delete cascade,
    -- Each in percent; null where it is not asked for.
    lessons_percent smallint check (lessons_percent between 1 and 100),
    work_percent smallint check (work_percent between 1 and 100),
    grade_percent smallint check (grade_percent between 1 and 100),
    -- What stands on the paper: what was completed, a line about it, and who signs.
    title text not null check (char_length(title) between 1 and 120),
    statement text not null check (char_length(statement) <= 200),
    signatory text not null check (char_length(signatory) between 1 and 80),
    language text not null check (language in ('en', 'es')),
    changed_at timestamptz not null
);

create table certificates (
    id uuid primary key,
    -- Sixteen characters without 0, 1, I and O: 80 bits. It is printed, so it is stored as it is.
    code text not null unique check (code ~ '^[A-HJ-NP-Z2-9]{16}$'),
    student_id uuid not null references students on delete cascade,
    -- The paper as it was given: later names of the student, the class or the school change none that is out.
    name text not null check (char_length(name) between 1 and 60),
    organisation text not null,
    title text not null,
    statement text not null,
    signatory text not null,
    language text not null check (language in ('en', 'es')),
    accent smallint not null check (accent between 1 and 8),
    issued_at timestamptz not null,
    issued_by uuid references staff on delete set null,
    revoked_at timestamptz,
    revoked_by uuid references staff on delete set null,
    -- For staff and the student; a stranger who looks the code up is not told.
    reason text check (char_length(reason) between 1 and 300),
    -- The one that was given in its place.
    replaced_by uuid references certificates on delete set null,
    check ((revoked_at is null) = (reason is null)),
    check (replaced_by is null or revoked_at is not null)
);

create index certificates_of_student on certificates (student_id, issued_at desc);
create index certificates_replaced on certificates (replaced_by) where replaced_by is not null;
create index certificates_by_issuer on certificates (issued_by) where issued_by is not null;
create index certificates_by_revoker on certificates (revoked_by) where revoked_by is not null;

-- Certificates whose student is gone from the hub: that there was one and when it was given, so that the paper is not
-- taken for a forgery; no name, and nothing that leads to one.
create table erased_certificates (
    code text primary key,
    organisation text not null,
    issued_at timestamptz not null,
    revoked boolean not null,
    erased_at timestamptz not null
);

-- A student goes in many ways: alone, with the roster, with the class. A trigger is there in all of them.
create function keep_that_there_was_a_certificate() returns trigger language plpgsql
set search_path from current as $$
begin
    insert into erased_certificates (code, organisation, issued_at, revoked, erased_at)
    values (old.code, old.organisation, old.issued_at, old.revoked_at is not null, now())
    on conflict (code) do nothing;
    return null;
end
$$;

create trigger certificates_leave_a_trace after delete on certificates
    for each row execute function keep_that_there_was_a_certificate();
