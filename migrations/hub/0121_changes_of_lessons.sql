-- A student's page of a lesson is sent again as it was made while nothing in it has changed (0113, hub-server: web::kept).
-- These are the tables that it reads and the other kept pages do not.

-- Published versions, in every class that has their course.
create function lesson_version_changes() returns trigger language plpgsql set search_path from current as $$
declare
    of_lesson uuid := case when tg_op = 'DELETE' then old.lesson_id else new.lesson_id end;
begin
    perform note_change(c.classroom_id, c.classroom_id)
    from lessons l join classroom_courses c on c.course_id = l.course_id where l.id = of_lesson;
    return null;
end
$$;

-- Courses, in every class that has them.
create function course_changes() returns trigger language plpgsql set search_path from current as $$
begin
    perform note_change(classroom_id, classroom_id) from classroom_courses where course_id = new.id;
    return null;
end
$$;

-- Classes themselves.
create function classroom_changes() returns trigger language plpgsql set search_path from current as $$
begin
    perform note_change(new.id, new.id);
    return null;
end
$$;

-- Whether an organisation's teachers may read along, in all its classes.
create function transcript_changes() returns trigger language plpgsql set search_path from current as $$
declare
    of_organisation uuid := case when tg_op = 'DELETE' then old.organisation_id else new.organisation_id end;
begin
    perform note_change(id, id) from classrooms where organisation_id = of_organisation;
    return null;
end
$$;

create trigger lesson_versions_change after insert or delete on lesson_versions
    for each row execute function lesson_version_changes();
create trigger courses_change after update on courses
    for each row execute function course_changes();
create trigger classrooms_change after update on classrooms
    for each row execute function classroom_changes();
create trigger transcripts_change after insert or update or delete on transcripts
    for each row execute function transcript_changes();
create trigger helper_class_rules_change after insert or update or delete on helper_class_rules
    for each row execute function class_changes();
create trigger helper_lesson_rules_change after insert or update or delete on helper_lesson_rules
    for each row execute function class_changes();
