-- How an import tells what it took out itself from what a teacher deleted: it brings the former back when the course has
-- it again. Read by hub-server: material.

alter table modules add column retired boolean not null default false check (not retired or deleted_at is not null);
alter table materials add column retired boolean not null default false check (not retired or deleted_at is not null);
