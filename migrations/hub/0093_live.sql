-- Tells every hub process that something of a class has changed, in the moment it is committed: the payload is the
-- class's id and nothing else. Heard by hub-server: live. Triggers, so that no statement can forget to tell.

create function tell_class() returns trigger language plpgsql as $$
begin
    perform pg_notify('class_hub_live', new.classroom_id::text);
    return null;
end
$$;

create function tell_class_of_student() returns trigger language plpgsql as $$
begin
    perform pg_notify('class_hub_live', s.classroom_id::text) from students s where s.id = new.student_id;
    return null;
end
$$;

-- Being seen is noted once a minute at most.
create trigger students_tell after insert or update of last_seen_at on students
    for each row execute function tell_class();
create trigger helper_events_tell after insert on helper_events
    for each row execute function tell_class();
create trigger submissions_tell after insert or update of withdrawn_at on submissions
    for each row execute function tell_class_of_student();
create trigger responses_tell after insert or update of handed_in_at on responses
    for each row execute function tell_class_of_student();
create trigger entry_requests_tell after insert or update of state on entry_requests
    for each row execute function tell_class_of_student();
