-- Browsers that may come back as a student without typing anything. Read by hub-server: enrolment.
-- The browser keeps the id, signed; deleting the row forgets the device.

create table student_devices (
    id uuid primary key,
    student_id uuid not null references students on delete cascade,
    created_at timestamptz not null,
    last_used_at timestamptz not null
);

create index student_devices_by_student on student_devices (student_id);
