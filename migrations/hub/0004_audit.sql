-- What staff changed, and when: appended in the transaction of the change, never altered. Read by hub-server: audit.
-- No foreign keys: an entry outlives what it speaks of.

create table audit_entries (
    id uuid primary key,
    at timestamptz not null,
    -- Null where only somebody's own account is concerned.
    organisation_id uuid,
    staff_id uuid not null,
    -- A stable word such as classroom_created.
    action text not null check (action ~ '^[a-z_]{1,60}$'),
    subject_kind text not null check (subject_kind ~ '^[a-z_]{1,40}$'),
    subject_id uuid not null,
    -- Ids, numbers and words from fixed lists; never what people wrote.
    details jsonb not null default '{}'
);

create index audit_entries_by_organisation on audit_entries (organisation_id, at desc);

create function refuse_change_of_audit() returns trigger language plpgsql as $$
begin
    raise exception 'audit entries are only ever appended' using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_entries_stay
    before update or delete on audit_entries
    for each row execute function refuse_change_of_audit();

create trigger audit_entries_stay_all
    before truncate on audit_entries
    for each statement execute function refuse_change_of_audit();

-- Refused already by the missing right; the triggers stand for whoever has it.
revoke update, delete, truncate on audit_entries from current_user;
