-- What teachers decided about the homework helper, for a class and for single lessons of it.
-- Read by hub-server: helper_rules; by the helper: the view lesson_answer, and nothing else of these.

create table helper_class_rules (
    classroom_id uuid primary key references classrooms on delete cascade,
    enabled boolean not null,
    strictness text not null check (strictness in ('light', 'strict')),
    scope_mode text not null check (scope_mode in ('soft', 'strict')),
    -- Whether questions beside the lesson are turned away before a model sees them.
    topic_filter boolean not null,
    max_rung text not null check (max_rung in ('nudge', 'concept', 'similar_example', 'check_my_step', 'answer')),
    -- What may be asked beside every lesson of the class.
    allowed_topics text[] not null,
    -- Minutes of the school's day between which it answers; both null for always.
    opens_minute integer check (opens_minute between 0 and 1439),
    closes_minute integer check (closes_minute between 1 and 1440),
    -- Days on which it answers, Monday 1 to Sunday 7.
    days integer[] not null,
    per_minute integer not null check (per_minute between 1 and 60),
    per_day integer not null check (per_day between 1 and 1000),
    class_per_day integer not null check (class_per_day between 1 and 100000),
    changed_at timestamptz not null,
    check ((opens_minute is null) = (closes_minute is null)),
    check (opens_minute is null or opens_minute < closes_minute)
);

-- Where a lesson differs from its class; null means: as the class.
create table helper_lesson_rules (
    classroom_id uuid not null references classrooms on delete cascade,
    lesson_id uuid not null references lessons on delete cascade,
    enabled boolean not null,
    max_rung text check (max_rung in ('nudge', 'concept', 'similar_example', 'check_my_step', 'answer')),
    -- Answers of the lesson's tasks, as the teacher wrote them down: the helper never says them.
    answers text[] not null,
    changed_at timestamptz not null,
    primary key (classroom_id, lesson_id)
);

-- The language tells in which way words are reduced to stems.
create or replace view lesson_passage as
    select lesson_id, version, position, anchor, heading, body, search, language from lesson_passages;

create view lesson_answer as
    select classroom_id, lesson_id, answer from helper_lesson_rules, unnest(answers) answer;

do $$
begin
    if exists (select from pg_roles where rolname = 'helper') then
        grant select on lesson_answer to helper;
    end if;
end
$$;
