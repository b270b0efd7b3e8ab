-- What was decided about a question when it was taken: codes, no words of anybody's.
-- Read by: the worker (the rung its answer keeps to) and the report to the hub.
alter table turn
    -- Which kind of help was asked for; see shared-types, Intent.
    add column intent text,
    -- The student's rung on the hint ladder at that moment; none for a greeting.
    add column rung text,
    -- The number or letter of the task the rung belongs to; empty where none was named.
    add column task text not null default '',
    -- Set where the helper answered with words of its own, and no model was asked: why.
    add column canned text,
    -- Quotations of the lesson shown under the answer, and drafts that the outgoing check stopped.
    add column citations integer not null default 0,
    add column held_back integer not null default 0;

-- Where each student stands on the hint ladder of each task. No text: an attempt is kept as its SHA-256, so that the
-- same one does not count twice.
-- Read by: policy::ladder.
create table ladder (
    actor uuid not null,
    actor_kind text not null check (actor_kind in ('student', 'staff')),
    classroom uuid not null,
    -- Nil where the conversation is about the class as a whole.
    lesson uuid not null,
    task text not null,
    rung text not null,
    attempts bytea[] not null,
    updated_at timestamptz not null,
    primary key (actor, actor_kind, classroom, lesson, task)
);

create index ladder_by_time on ladder (updated_at);

-- Quotations of the lesson that an answer rests on, checked to be in it: [{"anchor", "quote"}]. They go with the text.
-- Read by: whoever tells a turn's stream from Postgres, and the conversation.
alter table turn_text add column citations jsonb not null default '[]';

-- A turn may be reported twice: that it ended, and that somebody should look after who asked.
alter table outbox drop constraint outbox_turn_key;
create index outbox_by_turn on outbox (turn);
