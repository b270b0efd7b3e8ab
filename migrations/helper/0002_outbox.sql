-- Reports to the hub that wait to be delivered. A row is written in the transaction that ends its turn,
-- so no end goes unreported and none is reported twice; the hub keeps each id once.
-- Read by: the outbox's sender.
create table outbox (
    id uuid primary key,
    turn uuid not null unique references turn on delete cascade,
    -- The event as it travels: ids, enums and numbers only.
    event jsonb not null,
    created_at timestamptz not null,
    tries integer not null default 0,
    next_try_at timestamptz not null,
    delivered_at timestamptz
);

create index outbox_due on outbox (next_try_at) where delivered_at is null;
