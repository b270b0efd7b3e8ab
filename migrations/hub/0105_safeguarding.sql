-- Who at school is told when a student's words to the helper give cause for concern.
-- Read by hub-server: safeguarding, and through the view web::rights (how many wait for whoever is signed in).

-- An organisation without a row has not decided: it counts as switched off.
create table safeguarding (
    organisation_id uuid primary key references organisations on delete cascade,
    enabled boolean not null,
    changed_at timestamptz not null
);

-- The people who are told, for each tier of helper_concerns. Who leaves the organisation is no contact any more.
create table safeguarding_contacts (
    organisation_id uuid not null,
    staff_id uuid not null,
    tier text not null check (tier in ('today', 'now')),
    primary key (organisation_id, tier, staff_id),
    foreign key (organisation_id, staff_id) references memberships on delete cascade
);

-- Who noted what came of a concern.
alter table helper_concerns add column settled_by uuid references staff on delete set null;

create index helper_concerns_open on helper_concerns (classroom_id) where outcome is null;

-- Whom an open concern waits for: the contacts of its tier. Somebody always has to know, so where there is no contact
-- (any more) it is the owners and administrators; and where alerts are switched off, whoever calls the class their own,
-- and the owners and administrators where nobody does.
create view concern_recipients as
    select c.id as concern_id, m.staff_id
    from memberships m
    join classrooms k on k.organisation_id = m.organisation_id
    join helper_concerns c on c.classroom_id = k.id and c.outcome is null
    left join safeguarding s on s.organisation_id = m.organisation_id and s.enabled
    where case when s.organisation_id is not null then
            exists (select from safeguarding_contacts t
                    where t.organisation_id = m.organisation_id and t.tier = c.tier and t.staff_id = m.staff_id)
            or (m.role in ('owner', 'admin') and not exists (
                    select from safeguarding_contacts t join staff p on p.id = t.staff_id and p.disabled_at is null
                    where t.organisation_id = m.organisation_id and t.tier = c.tier))
        else
            exists (select from classroom_teachers t where t.classroom_id = k.id and t.staff_id = m.staff_id)
            or (m.role in ('owner', 'admin')
                and not exists (select from classroom_teachers t where t.classroom_id = k.id))
        end;
