-- What two rows of one student became, where there can only be one: the row that had to give way, as it was. Written by
-- classroom::merge; read by privacy and by the teacher's page of a student.

create table merged_records (
    id uuid primary key,
    student_id uuid not null references students on delete cascade,
    table_name text not null check (table_name ~ '^[a-z_]{1,63}$'),
    -- What of it the student may see, and the columns that privacy::register hides.
    record jsonb not null,
    withheld jsonb not null default '{}',
    merged_at timestamptz not null
);

create index merged_records_by_student on merged_records (student_id);
