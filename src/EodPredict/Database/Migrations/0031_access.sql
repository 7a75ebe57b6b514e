-- Who may use the service over HTTP. No row was ever made: somebody alone on a machine. Rows are never deleted, so that a service that has
-- asked for keys once always does.
create table eod.access_key (
    key_id       bigint generated always as identity primary key,
    name         text        not null check (length(name) between 1 and 100),
    role         text        not null check (role in ('reader', 'operator')),
    hash         bytea       not null unique check (length(hash) = 32),  -- SHA-256 of a key of 256 random bits
    created_at   timestamptz not null,
    last_used_at timestamptz,                                            -- to the hour
    revoked_at   timestamptz
);
create unique index access_key_name on eod.access_key (name) where revoked_at is null;

comment on table eod.page_key is 'The keys that sign the forms of the pages and the cookies of those who have signed in.';
