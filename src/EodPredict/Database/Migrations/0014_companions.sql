-- Which tickers of a dataset go together, as their arrivals showed: one row a member.
create table eod.companion (
    dataset      text not null,
    kind         text not null check (kind in ('batch', 'group')),
    ticker       text not null,                -- in a group, a batch stands under the name of its first ticker
    first_ticker text not null,                -- of those that go together; it names them
    trust        double precision not null,    -- batch: the share of sessions in which it lands with the others; group: how far it follows
    since        date not null,                -- the session date at which it was found
    primary key (dataset, kind, ticker)
);

-- When it is looked for tickers that go together: by the number of session dates.
create table eod.companion_look (
    dataset   text primary key,
    dates     integer not null,                -- how many have opened
    latest    date not null,                   -- the last of them
    next_look integer not null,                -- it is looked when there are more dates than that
    version   bigint not null default 0        -- how often it was looked, so that every process notices
);

-- Which session is asked for all that are awaited together, and by which process. Falls free with the process.
create table eod.batch_turn (
    dataset      text not null,
    first_ticker text not null,                -- names the batch
    session_date date not null,
    session_id   bigint not null,
    lease_worker integer not null,
    lease_until  timestamptz not null,         -- the server's wall clock, not the service's
    primary key (dataset, first_ticker, session_date)
);

-- The transaction that last told something of a session, so that every process learns of every check, its own or not.
alter table eod.session add column told_in xid8;
alter table eod.session alter column told_in set default pg_current_xact_id();
