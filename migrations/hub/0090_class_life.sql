-- Whose class it is, and how long one that was deleted can be taken back. Read by hub-server: classroom.

-- A deleted class is an archived one too: whatever asks for archived_at leaves it out without knowing more.
alter table classrooms add column deleted_at timestamptz;
alter table classrooms add constraint deleted_is_archived check (deleted_at is null or archived_at is not null);

create index classrooms_deleted on classrooms (deleted_at) where deleted_at is not null;

-- Who calls a class their own: it stands first on their home page. It gives no right.
create table classroom_teachers (
    classroom_id uuid not null references classrooms on delete cascade,
    staff_id uuid not null references staff on delete cascade,
    since timestamptz not null,
    primary key (classroom_id, staff_id)
);

create index classroom_teachers_by_staff on classroom_teachers (staff_id);

-- Until now only the audit knows who made a class.
insert into classroom_teachers (classroom_id, staff_id, since)
    select distinct on (c.id, e.staff_id) c.id, e.staff_id, e.at
    from audit_entries e
    join classrooms c on c.id = e.subject_id
    join staff p on p.id = e.staff_id
    where e.action = 'classroom_created'
    order by c.id, e.staff_id, e.at;

-- When a teacher put them on the list; null where they joined by themselves. Equal to last_seen_at until they come in.
alter table students add column added_at timestamptz;

create index modules_deleted on modules (deleted_at) where deleted_at is not null;
create index materials_deleted on materials (deleted_at) where deleted_at is not null;
