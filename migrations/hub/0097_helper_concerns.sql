-- Students whose words to the helper say that they may need an adult. What they wrote is not here and nowhere in the hub.
-- Read by hub-server: helper_rules (the class's page of the helper), privacy.
create table helper_concerns (
    -- The helper's own id: the same report twice is one row.
    id uuid primary key,
    at timestamptz not null,
    classroom_id uuid not null references classrooms on delete cascade,
    lesson_id uuid,
    -- Null where staff tried it out.
    student_id uuid references students on delete cascade,
    -- How soon somebody should look.
    tier text not null check (tier in ('today', 'now')),
    kind text not null check (kind in ('self_harm', 'abuse', 'danger', 'bullying')),
    -- What came of it, as staff noted it; null while nobody has looked.
    outcome text check (outcome in ('talked', 'passed_on', 'no_concern')),
    settled_at timestamptz,
    check ((outcome is null) = (settled_at is null))
);

create index helper_concerns_of_class on helper_concerns (classroom_id, at desc);
create index helper_concerns_of_student on helper_concerns (student_id);
