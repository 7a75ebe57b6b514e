-- What people look at: by which law each check was made, what an endpoint seems to enforce, what ran when, and what is paused.

-- One row a call that decided a check: the session's law before and after it. Quantiles are minutes since the close by which 5, 25, 50, 75
-- and 95% have arrived.
create table eod.check_law (
    observation_id  bigint primary key references eod.observation,
    experts         double precision[] not null,   -- by the experts alone, cut at the last "not yet"
    trees           double precision[] not null,   -- with what the trees know
    before          double precision[] not null,   -- with what other tickers told by then: what the check was planned by
    after           double precision[],            -- what it told included; null: it was found, or nobody watches on
    company         text not null,                 -- what others told: none, awaited, landed or shift
    tickers_waiting double precision not null,     -- how many, in expectation, waited for what this check told
    get_cost        double precision not null,     -- the price of a GET
    scarcity        double precision not null,     -- what a GET cost beyond that because the day's budget was short
    minute_cost     double precision not null      -- the price of a minute of delay
);

-- What an endpoint seems to enforce, as the attempts of the last minutes have it. Confidences are shares from 0 to 1.
create table eod.endpoint_model (
    endpoint                  text primary key,
    seen_at                   timestamptz not null,
    attempts                  integer not null,     -- that it was inferred from
    refusals                  integer not null,
    shape                     text not null,        -- unknown, token_bucket, strict_spacing, fixed_window or sliding_window
    shape_confidence          double precision not null,
    rate_per_second           double precision not null,
    rate_confidence           double precision not null,
    window_seconds            double precision,     -- null: the shape is unknown
    phase_seconds             double precision,     -- when a fixed window begins, since midnight UTC, less than a window
    burst                     double precision,
    in_flight                 integer,              -- null: no such cap showed
    in_flight_confidence      double precision not null,
    refusals_count            boolean not null,     -- whether a refused request uses up the limit
    refusals_count_confidence double precision not null,
    ban_seconds               double precision not null,  -- 0: none showed
    ban_confidence            double precision not null
);

-- One row a run of a scraping job.
create table eod.scrape_run (
    run_id   bigint generated always as identity primary key,
    job_id   integer not null references eod.scrape_job,
    began_at timestamptz not null,                  -- the service's clock
    ended_at timestamptz,                           -- null: it runs, or its process died
    outcome  text check (outcome in ('done', 'failed', 'stopped', 'gave up', 'cut short')),
    reason   text,
    stored   bigint,                                -- of this run alone, as the others
    failed   bigint,
    attempts bigint,
    refused  bigint
);
create index scrape_run_by_time on eod.scrape_run (began_at);
create index scrape_run_by_job on eod.scrape_run (job_id, began_at);
create index recurring_run_by_time on eod.recurring_run (began_at);

-- What is not asked for until somebody lets it be: a dataset, or one ticker of it.
create table eod.watch_pause (
    dataset        text not null,
    ticker         text not null,                   -- empty: all of the dataset
    paused_at      timestamptz not null,
    paused_because text not null,
    primary key (dataset, ticker)
);
