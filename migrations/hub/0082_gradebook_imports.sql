-- A gradebook that was sent in and is being looked at before anything changes; forgotten after a day.
-- Read by hub-server: gradebook.

create table gradebook_imports (
    id uuid primary key,
    classroom_id uuid not null references classrooms on delete cascade,
    staff_id uuid not null references staff on delete cascade,
    -- What would change, as gradebook::import::Change writes it: ids, points, and the version of each grade.
    changes jsonb not null,
    created_at timestamptz not null
);

create index gradebook_imports_by_age on gradebook_imports (created_at);
