-- When a class may read a lesson. Read by hub-server: lesson, material, student, helper_link.

-- What the course says: the lesson's own date, in the school's time zone; null where it is open from the start.
alter table lessons add column opens_at timestamptz;

-- What the class's teacher says; it goes before what the course says.
create table lesson_releases (
    classroom_id uuid not null references classrooms on delete cascade,
    lesson_id uuid not null references lessons on delete cascade,
    state text not null check (state in ('open', 'locked', 'scheduled')),
    opens_at timestamptz check ((state = 'scheduled') = (opens_at is not null)),
    changed_at timestamptz not null,
    primary key (classroom_id, lesson_id)
);

create index lesson_releases_by_lesson on lesson_releases (lesson_id);

-- From when each class may read each lesson of its courses; -infinity where it may already, infinity where it is locked.
create view lesson_openings as
    select g.classroom_id,
           l.id as lesson_id,
           case r.state
               when 'open' then '-infinity'::timestamptz
               when 'locked' then 'infinity'::timestamptz
               when 'scheduled' then r.opens_at
               else coalesce(l.opens_at, '-infinity'::timestamptz)
           end as opens_at
    from classroom_courses g
    join lessons l on l.course_id = g.course_id and l.removed_at is null
    left join lesson_releases r on r.classroom_id = g.classroom_id and r.lesson_id = l.id;
