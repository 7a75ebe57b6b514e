-- Scraping: jobs and their items, what was fetched, what endpoints bore, and what was learned of their limits.

create type eod.scrape_state as enum ('waiting', 'taken', 'stored', 'failed');

create table eod.scrape_job (
    job_id          integer generated always as identity primary key,
    name            text not null unique,
    url             text not null,             -- with {id}; a key stands there as {env:VARIABLE}
    endpoint        text not null,             -- the address without its query: what has the limit
    headers         text[] not null,           -- 'Name: value' or 'Name: env:VARIABLE'; 'Name:' alone has to be given with each run
    max_pace        double precision check (max_pace > 0),
    max_in_flight   integer check (max_in_flight > 0),
    is_served       boolean not null,          -- run by the service, not by a command
    state           text not null default 'open' check (state in ('open', 'paused', 'cancelled', 'done')),
    stopped_because text,                      -- why a run gave up; null while it runs or ended well
    items           bigint not null default 0,
    stored          bigint not null default 0,
    failed          bigint not null default 0,
    attempts        bigint not null default 0,
    refused         bigint not null default 0,
    seconds         double precision not null default 0,  -- of all runs
    worker          integer,                   -- the process that runs it, see eod.worker
    created_at      timestamptz not null
);

-- One row an item; millions of them.
create table eod.scrape_item (
    item_id  bigint generated always as identity primary key,
    job_id   integer not null references eod.scrape_job,
    worker   integer,                          -- who has taken it, see eod.worker; falls free when that process dies
    state    eod.scrape_state not null default 'waiting',
    attempts smallint not null default 0,
    refusals smallint not null default 0,      -- attempts that the server refused for lack of patience; they spend no retry
    faults   smallint not null default 0,      -- attempts without a useful reply; they do
    item     text not null,
    reason   text,                             -- why it failed
    unique (job_id, item)
);
create index scrape_item_open on eod.scrape_item (job_id, state, item_id) where state <> 'stored';

-- What was fetched, once an item.
create table eod.scrape_result (
    item_id      bigint primary key references eod.scrape_item,
    status       smallint not null,
    content_type text,
    encoding     text,                         -- how the body is compressed, as the server sent it; null: not
    body         bytea not null,
    fetched_at   timestamptz not null
);

-- What an endpoint bore in one minute, as one process saw it. Nothing refused: the pace is a lower bound of the limit.
create table eod.throttle_observation (
    endpoint       text not null,
    minute         timestamptz not null,       -- its begin, on the service's clock
    worker         integer not null,           -- see eod.worker
    attempts       integer not null,
    accepted       integer not null,
    refused        integer not null,
    failed         integer not null,
    most_in_flight integer not null,
    latency_median interval,                   -- of what was accepted; null: nothing was
    pace           double precision not null,  -- requests per second that were aimed at when the minute ended; 0: not known yet
    is_touched     boolean not null,           -- whether the limit was met; where not, it is higher than what was accepted
    primary key (endpoint, minute, worker)
);

-- The limit of an endpoint as the last run left it: where the next one starts.
create table eod.endpoint_limit (
    endpoint        text primary key,
    rate_per_second double precision not null check (rate_per_second > 0),
    learned_at      timestamptz not null
);
