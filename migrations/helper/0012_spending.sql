-- What backends that cost money were paid, month by month, for the ceiling an operator sets. Money is set aside before a
-- call and corrected after it, so several helpers together stay below the ceiling, and a crash counts too much, never
-- too little.
-- Read by: backend::ledger.
create table spending (
    backend text not null,
    -- The first of the month, UTC.
    month date not null,
    -- Millionths of a dollar.
    micro_usd bigint not null,
    primary key (backend, month)
);
