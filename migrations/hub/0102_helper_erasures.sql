-- Students who are gone from the hub, and of whom the helper shall keep nothing either: told through Redis after the
-- commit, again and again until a helper listens. Written by a trigger, so that no way of deleting can forget it; read
-- by hub-server: helper_link::erasure. No foreign keys: who is spoken of is gone.

create table helper_erasures (
    id bigint generated always as identity primary key,
    classroom_id uuid not null,
    -- Called so because no student has this id any more.
    erased_student uuid not null,
    requested_at timestamptz not null default now()
);

create function ask_helper_to_erase() returns trigger language plpgsql set search_path from current as $$
begin
    insert into helper_erasures (classroom_id, erased_student) values (old.classroom_id, old.id);
    return null;
end
$$;

create trigger students_are_erased_by_the_helper after delete on students
    for each row execute function ask_helper_to_erase();
