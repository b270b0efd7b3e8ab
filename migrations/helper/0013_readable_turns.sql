-- Whether the page a question was asked on told the student that teachers may read it. What was asked elsewhere is never
-- shown to anybody but its student.
-- Read by: web::transcript.
alter table turn add column may_be_read boolean not null default false;
