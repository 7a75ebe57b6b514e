-- Jobs that need not run at once: when they have to be done, and the windows in which they are sent.
alter table eod.scrape_job
    add column finish_by      timestamptz,                     -- the job has to be done by then; null: no such instant
    add column any_time       boolean not null default false,  -- it may wait for better windows of the next days
    add column starts_at      timestamptz,                     -- when it is sent next, as planned last; null: never planned
    add column starts_because text,                            -- why, in a sentence for people
    add column windows        timestamptz[];                   -- the begins of the windows chosen, each of 15 minutes, rising
