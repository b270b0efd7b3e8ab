-- Grading: how a material is graded, the grade as teachers make it, and what students were given back of it.
-- Read by hub-server: grading, gradebook; of students only `returned_grades`, by grading::returned.

-- How one material is graded. A material without a row is graded by the defaults of grading::scheme::Scheme.
create table grading_schemes (
    material_id uuid primary key references materials on delete cascade,
    -- Most points there are, in hundredths of a point.
    most integer not null check (most between 1 and 10000000),
    -- Criteria and their levels, as material::Criterion writes them.
    rubric jsonb not null default '[]',
    -- Whether it stands in the gradebook.
    counts boolean not null default true,
    -- What becomes of work handed in after the due date: it is marked, loses points for every day, or is not taken.
    late text not null default 'mark' check (late in ('mark', 'deduct', 'close')),
    -- Of the points, for every day that has begun; where points are deducted.
    late_percent smallint not null default 10 check (late_percent between 1 and 100),
    -- Whether it may be handed in again once a grade was returned.
    resubmission boolean not null default true,
    updated_at timestamptz not null
);

-- One student's work on one material and the grade that is being made for it. Students never see this table.
create table grades (
    material_id uuid not null references materials on delete cascade,
    student_id uuid not null references students on delete cascade,
    -- The newest work that was not withdrawn, kept by the triggers below; null where nothing is handed in.
    handed_in_at timestamptz,
    -- Counts up with every save of a teacher, so that two of them do not overwrite one another unseen.
    version integer not null default 0 check (version >= 0),
    -- In hundredths of a point, before anything is deducted.
    points integer check (points between 0 and 10000000),
    -- Typed by a teacher, and not added up from the levels.
    points_typed boolean not null default false,
    -- Criterion's id → number of the level, 0 the lowest.
    levels jsonb not null default '{}',
    comment text not null default '' check (char_length(comment) <= 10000),
    -- For teachers of the class only, for ever.
    private_note text not null default '' check (char_length(private_note) <= 5000),
    excused boolean not null default false,
    -- Late, and it shall not count as late.
    late_waived boolean not null default false,
    -- Nothing is missing in the grade, by grading::policy.
    complete boolean not null default false,
    -- What was handed in when it was graded: later work wants to be graded again.
    graded_work_at timestamptz,
    graded_at timestamptz,
    graded_by uuid references staff on delete set null,
    -- The version a student was given back; null before the first time.
    returned_version integer,
    needs_grading boolean not null generated always as (
        handed_in_at is not null and not excused
        and (not complete or graded_work_at is null or handed_in_at > graded_work_at)
    ) stored,
    primary key (material_id, student_id)
);

create index grades_by_student on grades (student_id);
create index grades_by_staff on grades (graded_by) where graded_by is not null;
-- The work of a material in the order it came in, whole and by what is left to do: finding the next one costs the same
-- whatever their number.
create index grades_in_order on grades (material_id, handed_in_at, student_id) where handed_in_at is not null;
create index grades_to_do on grades (material_id, handed_in_at, student_id) where needs_grading;
create index grades_to_return on grades (material_id, handed_in_at, student_id)
    where complete and returned_version is distinct from version;

-- What a student was given back, as it was then.
create table returned_grades (
    material_id uuid not null references materials on delete cascade,
    student_id uuid not null references students on delete cascade,
    version integer not null,
    -- In hundredths of a point, after the deduction; null where there is only a comment.
    points integer,
    most integer not null,
    deducted integer not null default 0,
    rubric jsonb not null,
    levels jsonb not null,
    comment text not null,
    excused boolean not null,
    late boolean not null,
    -- The work it is about.
    work_at timestamptz,
    returned_at timestamptz not null,
    returned_by uuid references staff on delete set null,
    primary key (material_id, student_id)
);

create index returned_grades_by_student on returned_grades (student_id);
create index returned_grades_by_staff on returned_grades (returned_by) where returned_by is not null;

-- Notes when a student's newest work came in: a file that is not withdrawn, or an answer that was handed in.
create function note_work_of(of_material uuid, of_student uuid) returns void language plpgsql
set search_path from current as $$
declare
    newest timestamptz := greatest(
        (select max(submitted_at) from submissions
         where material_id = of_material and student_id = of_student and withdrawn_at is null),
        (select handed_in_at from responses where material_id = of_material and student_id = of_student));
begin
    if newest is null then
        update grades set handed_in_at = null where material_id = of_material and student_id = of_student;
    else
        insert into grades (material_id, student_id, handed_in_at) values (of_material, of_student, newest)
        on conflict (material_id, student_id) do update set handed_in_at = excluded.handed_in_at
            where grades.handed_in_at is distinct from excluded.handed_in_at;
    end if;
end
$$;

create function note_work() returns trigger language plpgsql set search_path from current as $$
begin
    if tg_op <> 'INSERT' then
        perform note_work_of(old.material_id, old.student_id);
    end if;
    if tg_op = 'INSERT'
       or (tg_op = 'UPDATE' and (new.material_id, new.student_id) is distinct from (old.material_id, old.student_id))
    then
        perform note_work_of(new.material_id, new.student_id);
    end if;
    return null;
end
$$;

create trigger submissions_are_noted after insert or update or delete on submissions
    for each row execute function note_work();
create trigger responses_are_noted after insert or update or delete on responses
    for each row execute function note_work();

insert into grades (material_id, student_id, handed_in_at)
select material_id, student_id, max(at)
from (select material_id, student_id, submitted_at as at from submissions where withdrawn_at is null
      union all select material_id, student_id, handed_in_at from responses where handed_in_at is not null) w
group by material_id, student_id;

-- What late work loses, in hundredths of a point: a part of its points for every day that has begun.
create function late_deduction(points integer, percent integer, handed_in_at timestamptz, due_at timestamptz)
returns integer language sql immutable as $$
    select case when points is null or handed_in_at is null or due_at is null or handed_in_at <= due_at then 0
           else least(points, round(points::numeric * percent / 100
                                    * ceil(extract(epoch from handed_in_at - due_at) / 86400))::integer) end
$$;

-- Materials that stand in the gradebook, with how they are graded.
create view graded_materials as
    select u.classroom_id, u.id as module_id, m.id as material_id, m.title, m.due_at,
           u.position as module_position, m.position as material_position,
           coalesce(s.most, 10000) as most, coalesce(s.rubric, '[]') as rubric,
           coalesce(s.late, 'mark') as late, coalesce(s.late_percent, 10::smallint) as late_percent
    from materials m
    join modules u on u.id = m.module_id and u.deleted_at is null
    left join grading_schemes s on s.material_id = m.id
    where m.deleted_at is null and coalesce(s.counts, m.kind in ('upload', 'gallery', 'reflection'));

-- Work that waits for a grade, of the materials that stand in the gradebook.
create view ungraded_work as
    select t.classroom_id, t.module_id, t.material_id, g.student_id, g.handed_in_at
    from graded_materials t join grades g on g.material_id = t.material_id and g.needs_grading;
