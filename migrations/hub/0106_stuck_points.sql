-- Which paragraphs of a lesson the helper's answers rested on, as the helper reported it: numbers, nobody's words.
-- Read by hub-server: helper_rules (where a class is stuck).
create table helper_event_passages (
    event_id uuid not null references helper_events on delete cascade,
    lesson_id uuid not null,
    version integer not null,
    -- As in lesson_passages; no foreign key, since a version may go and the report stays true.
    position integer not null,
    primary key (event_id, position)
);
