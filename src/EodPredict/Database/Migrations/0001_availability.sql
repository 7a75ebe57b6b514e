-- What the service knows about providers: what was configured to be watched, what was asked, what was answered, what arrived.

-- One row a call to a provider. Written once, never changed.
create table eod.observation (
    observation_id bigint generated always as identity primary key,
    dataset        text not null,
    ticker         text,                       -- null: the call was for the whole dataset (a status page)
    session_date   date,
    method         text not null check (method in ('GET', 'HEAD', 'PAGE')),
    outcome        text not null check (outcome in ('available', 'partial', 'stale', 'not_yet', 'never', 'throttled', 'refused', 'broken')),
    reason         text not null,              -- why the reply was classified so, in words; holds no secrets
    sent_at        timestamptz not null,       -- the service's clock
    finished_at    timestamptz not null,
    status         integer,                    -- null: no reply came
    content_length bigint,
    etag           text,
    last_modified  timestamptz,
    data_date      date,                       -- the newest session date found in the reply
    retry_after    interval
);
create index observation_by_ticker on eod.observation (dataset, ticker, session_date);
create index observation_by_time on eod.observation (sent_at);

-- One row a (dataset, ticker, session date) that is or was watched.
create table eod.session (
    session_id       bigint generated always as identity primary key,
    dataset          text not null,
    ticker           text not null,
    session_date     date not null,
    close_at         timestamptz not null,
    state            text not null default 'open' check (state in ('open', 'found', 'missed', 'never')),
    last_not_yet_at  timestamptz,              -- when the last GET that answered "not yet" was sent; null: none so far
    last_no_at       timestamptz,              -- when the last cheap signal that said no was sent; null: none so far
    found_at         timestamptz,              -- when the call that found it was sent
    next_check_at    timestamptz,              -- null unless open
    next_method      text check (next_method in ('GET', 'HEAD', 'PAGE')),
    next_check_why   text,
    law_minutes      double precision[],       -- minutes since the close by which 5, 25, 50, 75 and 95% of the law have arrived
    failures         integer not null default 0,  -- broken replies in a row
    reread_at        timestamptz,              -- when a found session is read again, for a revision; null: not again
    gets             integer not null default 0,
    signals          integer not null default 0,
    lease_worker     integer,                  -- the process that is checking now, see eod.worker
    lease_until      timestamptz,              -- the server's wall clock, not the service's
    unique (dataset, ticker, session_date),
    check ((state = 'open') = (next_check_at is not null))
);
create index session_open on eod.session (next_check_at) where state = 'open';
create index session_reread on eod.session (reread_at) where reread_at is not null;
create index session_by_date on eod.session (dataset, session_date);

-- One row an arrival: the interval in which the data of one (dataset, ticker, session date) became available.
create table eod.arrival (
    dataset      text not null,
    ticker       text not null,
    session_date date not null,
    close_at     timestamptz not null,
    after_at     timestamptz not null,         -- not there yet at this instant (the close, where nobody had asked)
    by_at        timestamptz,                  -- there at this instant; null: not there when watching ended
    source       text not null check (source in ('check', 'import')),
    recorded_at  timestamptz not null,
    primary key (dataset, ticker, session_date),
    check (by_at is null or after_at < by_at)
);

-- What was received, every version of it.
create table eod.payload (
    dataset        text not null,
    ticker         text not null,
    session_date   date not null,
    version        integer not null check (version > 0),
    sha256         bytea not null,             -- of the body as it came, before compression
    length         bigint not null,
    content_type   text,
    body           bytea not null,             -- Brotli
    received_at    timestamptz not null,
    observation_id bigint not null references eod.observation,
    primary key (dataset, ticker, session_date, version),
    unique (dataset, ticker, session_date, sha256)
);

-- GETs spent: one row a scope and day of the provider's own clock.
create table eod.get_budget (
    scope text not null,                       -- provider or provider/dataset
    day   date not null,
    spent integer not null check (spent >= 0),
    primary key (scope, day)
);

-- How often a cheap signal was right, judged by the GETs that followed.
create table eod.signal_trust (
    dataset          text not null,
    method           text not null check (method in ('HEAD', 'PAGE')),
    yes_and_there    double precision not null default 0,
    yes_not_there    double precision not null default 0,
    no_and_there     double precision not null default 0,
    no_not_there     double precision not null default 0,
    primary key (dataset, method)
);

-- Until when a provider is left alone, because it asked for patience or refused the key.
create table eod.provider_hold (
    provider   text primary key,
    until_at   timestamptz not null,           -- the service's clock
    step       integer not null,               -- how often in a row; the next hold is longer
    reason     text not null
);

-- Arrivals that a webhook has still to be told of.
create table eod.webhook_call (
    session_id bigint not null references eod.session,
    version    integer not null,
    attempts   integer not null default 0,
    next_at    timestamptz not null,           -- the service's clock
    primary key (session_id, version)
);

-- One row a process of the installation. While it lives it holds an advisory lock on its id, so that its leases fall free the
-- moment it dies.
create table eod.worker (
    worker_id  integer generated always as identity primary key,
    host       text not null,
    process_id integer not null,
    started_at timestamptz not null
);

-- Whether a process still holds its lock. The two keys are the lock's class ('eod' in ASCII) and the worker.
create function eod.worker_lives(worker integer) returns boolean language sql stable as $$
    select exists (
        select from pg_locks
        where locktype = 'advisory' and granted and objsubid = 2 and classid = 6647652 and objid = worker
          and database = (select oid from pg_database where datname = current_database()))
$$;
