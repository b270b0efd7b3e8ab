-- What the helper reported: ids, codes and numbers. Read by hub-server: helper_link, classroom.

create table helper_events (
    -- The helper's own id: the same report twice is one row.
    id uuid primary key,
    at timestamptz not null,
    received_at timestamptz not null,
    organisation_id uuid not null references organisations on delete cascade,
    classroom_id uuid not null references classrooms on delete cascade,
    -- No foreign key: the report stays true when the lesson is gone.
    lesson_id uuid,
    actor_kind text not null check (actor_kind in ('student', 'staff')),
    actor_id uuid not null,
    turn_id uuid not null,
    outcome text not null check (outcome in ('answered', 'stopped', 'refused', 'failed')),
    backend text,
    intent text,
    rung text,
    attempts integer not null,
    waited_ms bigint not null,
    first_text_ms bigint,
    duration_ms bigint not null,
    question_chars integer not null,
    answer_chars integer not null,
    citations integer not null
);

create index helper_events_by_actor on helper_events (classroom_id, actor_id);
create index helper_events_by_time on helper_events (classroom_id, at);
