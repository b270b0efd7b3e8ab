-- What a teacher has on the desk while grading: their own comments, and how they like to work.
-- Read by hub-server: grading. Nothing here is a student's.

create table comment_bank (
    id uuid primary key,
    staff_id uuid not null references staff on delete cascade,
    text text not null check (char_length(text) between 1 and 2000),
    created_at timestamptz not null
);

create index comment_bank_of_staff on comment_bank (staff_id, created_at);

create table grading_preferences (
    staff_id uuid primary key references staff on delete cascade,
    -- Letters and digits do nothing by themselves on the grading page.
    keys_off boolean not null default false,
    hide_names boolean not null default false
);
