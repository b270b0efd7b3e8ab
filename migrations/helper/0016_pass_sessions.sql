-- The session of the hub in which a turn's cookie was given out: with its end the cookie opens nothing more. Read by
-- helper-server: turn::record.
alter table turn_pass add column session uuid;

create index turn_pass_session on turn_pass (session) where session is not null;
