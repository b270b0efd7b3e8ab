-- What was said early in a long conversation, in a few sentences of a model, so that what a model is told stays within
-- its context. It is somebody's words and goes with them: when the conversation ends, is cleared, or is erased. Left out
-- of backups like turn_text.
-- Read by: the worker (what a model is told before the newest turns); written by turn::compact.
create table conversation_summary (
    actor uuid not null,
    actor_kind text not null check (actor_kind in ('student', 'staff')),
    classroom uuid not null,
    -- Nil where the conversation is about the class as a whole.
    lesson uuid not null,
    -- The last turn that is in the summary.
    through uuid not null references turn on delete cascade,
    summary text not null,
    expires_at timestamptz not null,
    primary key (actor, actor_kind, classroom, lesson)
);

create index conversation_summary_expires on conversation_summary (expires_at);
