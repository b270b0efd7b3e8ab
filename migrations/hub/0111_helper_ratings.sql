-- Whether the answer of a reported turn helped whoever asked, as the helper reports it after the turn itself.
-- Read by hub-server: helper_rules (counts by lesson), privacy.
alter table helper_events
    add column rating text check (rating in ('helped', 'not_helped')),
    -- Of two reports about one turn the one with the higher number holds, whichever comes first.
    add column rating_revision integer not null default 0;

create index helper_events_by_turn on helper_events (turn_id);
