-- Whether an answer ended because its room was used up, so that going on is offered after a reload too. Read by
-- helper-server: turn::conversation.
alter table turn add column cut_short boolean not null default false;
