-- Whether an answer helped whoever asked, as they said themselves by a thumb: a word and a number, nothing written.
-- Read by: the conversation and a turn's page; the hub is told by an event.
alter table turn
    add column rating text check (rating in ('helped', 'not_helped')),
    -- Counts the changes of mind, so that whoever counts can tell the last.
    add column rating_revision integer not null default 0;
