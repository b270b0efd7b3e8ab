-- A turn is one question and its answer. This row is the truth about where it stands; Redis only says
-- who works on it and carries the text while it is written. Nothing a person typed is in this table.
-- Read by: every part of the helper that has to know where a turn stands.
create table turn (
    id uuid primary key,
    organisation uuid not null,
    classroom uuid not null,
    lesson uuid,
    lesson_version integer,
    actor_kind text not null check (actor_kind in ('student', 'staff')),
    actor uuid not null,
    -- What the sender calls this question, so that asking twice makes one turn.
    idempotency_key uuid not null,
    locale text not null,
    -- What the scope token said of the lesson and the teaching rules when the question was accepted.
    scope jsonb not null,
    state text not null default 'queued'
        check (state in ('queued', 'running', 'answered', 'stopped', 'failed')),
    -- Fencing token: grows with every start, and only the newest attempt may write.
    attempt integer not null default 0,
    -- Starts that may have ended in a crash; at the limit the turn is given up. A worker that hands a
    -- turn back in good order takes its start off again.
    deliveries integer not null default 0,
    -- Until when the worker at it is taken to be alive.
    lease_until timestamptz,
    stop_requested_at timestamptz,
    backend text,
    failure text,
    created_at timestamptz not null,
    started_at timestamptz,
    first_text_at timestamptz,
    ended_at timestamptz,
    question_chars integer not null,
    answer_chars integer,
    unique (actor, actor_kind, idempotency_key),
    check ((state in ('answered', 'stopped', 'failed')) = (ended_at is not null)),
    check ((state = 'failed') = (failure is not null))
);

-- The place in line, and the search for turns whose queue entry was lost.
create index turn_open on turn (created_at, id) where state in ('queued', 'running');
-- How long answers took lately.
create index turn_ended on turn (ended_at desc) where state = 'answered';
-- One person's conversation about one lesson.
create index turn_conversation on turn (actor, lesson, created_at desc);

-- What was asked and answered. Lives until its conversation has been idle for a day (a setting), is
-- erased by the helper itself, and is left out of backups.
-- Read by: the worker (question, history) and the pages of the person who asked.
create table turn_text (
    turn uuid primary key references turn on delete cascade,
    question text not null,
    answer text,
    expires_at timestamptz not null
);

create index turn_text_expires on turn_text (expires_at);

-- Cookies that open one turn's stream; only their hashes are kept. A turn has one for every time it was
-- handed to a browser while it was unfinished.
-- Read by: the stream, the page and the stop button of a turn.
create table turn_pass (
    secret_hash bytea primary key,
    turn uuid not null references turn on delete cascade
);

create index turn_pass_turn on turn_pass (turn);
