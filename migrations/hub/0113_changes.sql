-- When what the pages of a class show was changed last: a page is sent again as it was made while none of these numbers is
-- another. Read by hub-server: web::kept. Written by triggers, so that no statement can forget to.
--
-- Whoever changes something writes the number of their transaction into a row that nobody else is writing to, or adds one:
-- nobody waits for anybody, and there are as many rows as there were writers at the same moment.

create table changes (
    id bigint generated always as identity primary key,
    classroom_id uuid not null references classrooms on delete cascade,
    -- The student whose work it is, shown to them and to their teachers; or the class, shown to everybody in it.
    subject uuid not null,
    transaction bigint not null
);

create index changes_by_classroom on changes (classroom_id);
create index changes_by_subject on changes (subject);

create function note_change(of_class uuid, about uuid) returns void language plpgsql set search_path from current as $$
declare
    this bigint := pg_current_xact_id()::text::bigint;
begin
    if exists (select from changes where subject = about and transaction = this) then
        return;
    end if;
    update changes set transaction = this
        where id = (select id from changes where subject = about limit 1 for update skip locked);
    if not found then
        -- Not where the class goes in this very transaction.
        insert into changes (classroom_id, subject, transaction)
            select id, about, this from classrooms where id = of_class;
    end if;
end
$$;

-- Rows with a class.
create function class_changes() returns trigger language plpgsql set search_path from current as $$
begin
    if tg_op <> 'INSERT' then
        perform note_change(old.classroom_id, old.classroom_id);
    end if;
    if tg_op <> 'DELETE' then
        perform note_change(new.classroom_id, new.classroom_id);
    end if;
    return null;
end
$$;

-- Rows with a student.
create function student_changes() returns trigger language plpgsql set search_path from current as $$
begin
    if tg_op <> 'INSERT' then
        perform note_change(s.classroom_id, s.id) from students s where s.id = old.student_id;
    end if;
    if tg_op <> 'DELETE' then
        perform note_change(s.classroom_id, s.id) from students s where s.id = new.student_id;
    end if;
    return null;
end
$$;

-- Students themselves: who comes and who goes concerns the class.
create function a_student_changes() returns trigger language plpgsql set search_path from current as $$
begin
    if tg_op = 'UPDATE' and new.classroom_id = old.classroom_id then
        perform note_change(new.classroom_id, new.id);
        return null;
    end if;
    if tg_op <> 'INSERT' then
        delete from changes where subject = old.id;
        perform note_change(old.classroom_id, old.classroom_id);
    end if;
    if tg_op <> 'DELETE' then
        perform note_change(new.classroom_id, new.classroom_id);
    end if;
    return null;
end
$$;

-- Reports of the helper: of a student, or of a teacher who tried it.
create function report_changes() returns trigger language plpgsql set search_path from current as $$
declare
    report helper_events := case when tg_op = 'DELETE' then old else new end;
begin
    perform note_change(report.classroom_id, coalesce(s.id, report.classroom_id))
    from (select) one left join students s on s.id = report.actor_id;
    return null;
end
$$;

-- Materials, by their modules.
create function material_changes() returns trigger language plpgsql set search_path from current as $$
begin
    if tg_op <> 'INSERT' then
        perform note_change(classroom_id, classroom_id) from modules where id = old.module_id;
    end if;
    if tg_op <> 'DELETE' then
        perform note_change(classroom_id, classroom_id) from modules where id = new.module_id;
    end if;
    return null;
end
$$;

-- How a material is graded.
create function grading_changes() returns trigger language plpgsql set search_path from current as $$
declare
    of_material uuid := case when tg_op = 'DELETE' then old.material_id else new.material_id end;
begin
    perform note_change(u.classroom_id, u.classroom_id)
    from materials m join modules u on u.id = m.module_id where m.id = of_material;
    return null;
end
$$;

-- Lessons, in every class that has their course.
create function lesson_changes() returns trigger language plpgsql set search_path from current as $$
declare
    of_course uuid := case when tg_op = 'DELETE' then old.course_id else new.course_id end;
begin
    perform note_change(classroom_id, classroom_id) from classroom_courses where course_id = of_course;
    return null;
end
$$;

-- Staff, whose names stand under what they tell.
create function staff_changes() returns trigger language plpgsql set search_path from current as $$
begin
    perform note_change(c.id, c.id)
    from memberships m join classrooms c on c.organisation_id = m.organisation_id where m.staff_id = new.id;
    return null;
end
$$;

create trigger announcements_change after insert or update or delete on announcements
    for each row execute function class_changes();
create trigger classroom_courses_change after insert or update or delete on classroom_courses
    for each row execute function class_changes();
create trigger lesson_releases_change after insert or update or delete on lesson_releases
    for each row execute function class_changes();
create trigger modules_change after insert or update or delete on modules
    for each row execute function class_changes();
create trigger materials_change after insert or update or delete on materials
    for each row execute function material_changes();
create trigger grading_schemes_change after insert or update or delete on grading_schemes
    for each row execute function grading_changes();
create trigger lessons_change after insert or update or delete on lessons
    for each row execute function lesson_changes();

create trigger students_change after insert or update or delete on students
    for each row execute function a_student_changes();
create trigger helper_events_change after insert or update or delete on helper_events
    for each row execute function report_changes();
-- A session ends by itself too: pages that tell who is here are made anew every minute.
create trigger sessions_change after insert or delete on sessions
    for each row execute function student_changes();
create trigger entry_requests_change after insert or update or delete on entry_requests
    for each row execute function student_changes();
create trigger finished_lessons_change after insert or update or delete on finished_lessons
    for each row execute function student_changes();
create trigger responses_change after insert or update or delete on responses
    for each row execute function student_changes();
create trigger drafts_change after insert or update or delete on drafts
    for each row execute function student_changes();
create trigger submissions_change after insert or update or delete on submissions
    for each row execute function student_changes();
create trigger grades_change after insert or update or delete on grades
    for each row execute function student_changes();
create trigger returned_grades_change after insert or update or delete on returned_grades
    for each row execute function student_changes();
create trigger certificates_change after insert or update or delete on certificates
    for each row execute function student_changes();
create trigger staff_change after update of display_name on staff
    for each row execute function staff_changes();
