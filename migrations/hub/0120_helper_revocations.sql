-- Sessions of students that have ended, however they did: what the helper was let in for ends with them. Told through
-- Redis after the commit, again and again until a helper listens, and forgotten when no token of theirs can live any
-- more. Written by a trigger, so that no way of ending a session (nor of deleting a student) can forget it; read by
-- hub-server: helper_link::revocation, which hears the notice in the moment of the commit. No foreign keys: what is
-- spoken of is gone.

create table helper_revocations (
    id bigint generated always as identity primary key,
    -- Called so because there is no such session any more.
    ended_session uuid not null,
    requested_at timestamptz not null default now()
);

create function tell_helper_of_ended_session() returns trigger language plpgsql set search_path from current as $$
begin
    insert into helper_revocations (ended_session) values (old.id);
    perform pg_notify('class_hub_helper', '');
    return null;
end
$$;

create trigger sessions_end_at_the_helper after delete on sessions
    for each row when (old.student_id is not null) execute function tell_helper_of_ended_session();
