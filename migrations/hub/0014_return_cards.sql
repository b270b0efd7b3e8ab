-- A return code between joining and "I have written it down", sealed; afterwards only its keyed hash is left, in
-- students. Read by hub-server: enrolment.

create table return_cards (
    student_id uuid primary key references students on delete cascade,
    sealed_code bytea not null,
    made_at timestamptz not null
);
