-- Recurring jobs as people see them, whichever engine runs them: what repeats, what is paused and why, how each run ended.
create table eod.recurring_job (
    kind           text not null,
    id             text not null,
    title          text not null,
    cron           text not null,              -- five fields
    time_zone      text not null,              -- IANA
    paused_at      timestamptz,                -- null: not paused
    paused_because text,
    primary key (kind, id),
    check ((paused_at is null) = (paused_because is null))
);

create table eod.recurring_run (
    run_id     bigint generated always as identity primary key,
    kind       text not null,
    id         text not null,
    began_at   timestamptz not null,           -- the service's clock
    ended_at   timestamptz,                    -- null: it runs, or its process died
    is_by_hand boolean not null,
    outcome    text check (outcome in ('done', 'failed', 'cut short', 'paused')),
    reason     text                            -- of a failure or a pause
);
create index recurring_run_by_job on eod.recurring_run (kind, id, began_at);

-- What a planned job is, so that the next ones can be listed.
alter table eod.planned_job add column at timestamptz;
alter table eod.planned_job add column title text;
create index planned_job_by_time on eod.planned_job (at);
