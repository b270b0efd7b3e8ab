-- More ways into a class: invitations, and asking the teacher. Read by hub-server: enrolment, classroom.

-- Links that let a number of students join, also where the class code does not.
create table invitations (
    id uuid primary key,
    classroom_id uuid not null references classrooms on delete cascade,
    -- What the teacher calls it.
    label text not null check (char_length(label) between 1 and 80),
    -- Keyed hash of the link's token: what it is looked up by.
    token_hash bytea not null unique,
    -- The token itself, sealed with HUB_SECRET_KEY, so that the teacher can be shown the link again.
    sealed_token bytea not null,
    -- How many may join by it; null where there is no limit. Who joins locks the row before counting.
    seats integer check (seats > 0),
    -- Null where it does not end by itself.
    expires_at timestamptz,
    disabled_at timestamptz,
    created_at timestamptz not null
);

create index invitations_by_classroom on invitations (classroom_id, created_at desc);

-- Which invitation a student joined by: its seats are counted here, so that deleting a student frees one.
alter table students add column invitation_id uuid references invitations on delete set null;

create index students_by_invitation on students (invitation_id) where invitation_id is not null;

-- "Ask your teacher to let you in": one browser's wish to go on as a student who is in the class already.
create table entry_requests (
    id uuid primary key,
    -- Whom the browser wants to be.
    student_id uuid not null references students on delete cascade,
    -- SHA-256 of the token in the asking browser's cookie: nobody else can use what the teacher allows.
    browser_hash bytea not null unique,
    state text not null default 'waiting' check (state in ('waiting', 'approved', 'refused')),
    asked_at timestamptz not null,
    -- First how long the teacher has to answer, then how long the answer is good.
    expires_at timestamptz not null,
    -- When the browser first came in; until it has a session it may come again, because an answer can get lost.
    entered_at timestamptz check (entered_at is null or state = 'approved')
);

create index entry_requests_by_student on entry_requests (student_id);
create index entry_requests_by_end on entry_requests (expires_at);

-- Names are compared without accents now, and with look-alike letters taken for what they look like. Of two who would
-- become one, nobody is renamed: they keep the key they have.
update students s
set name_key = n.key
from (
    select id,
           translate(
               replace(regexp_replace(normalize(name_key, nfkd), '[\u0300-\u036f]', '', 'g'), 'ß', 'ss'),
               'авекмнорстухіјѕԁһԛԝӏαβεζηικμνορτυχօսհո',
               'abekmhopctyxijsdhqwlabezhikmvoptyxouhn'
           ) as key
    from students
) n
where n.id = s.id
  and n.key <> s.name_key
  and n.key <> ''
  and not exists (
      select from students o
      where o.classroom_id = s.classroom_id
        and o.id <> s.id
        and translate(
                replace(regexp_replace(normalize(o.name_key, nfkd), '[\u0300-\u036f]', '', 'g'), 'ß', 'ss'),
                'авекмнорстухіјѕԁһԛԝӏαβεζηικμνορτυχօսհո',
                'abekmhopctyxijsdhqwlabezhikmvoptyxouhn'
            ) = n.key
  );
