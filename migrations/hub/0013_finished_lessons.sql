-- What students marked as finished, so that /student can put the next lesson first. Read by hub-server: student.

create table finished_lessons (
    student_id uuid not null references students on delete cascade,
    lesson_id uuid not null references lessons on delete cascade,
    finished_at timestamptz not null,
    primary key (student_id, lesson_id)
);

create index finished_lessons_by_lesson on finished_lessons (lesson_id);
