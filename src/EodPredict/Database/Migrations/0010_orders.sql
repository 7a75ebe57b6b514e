-- Orders: one trade history that many scripts write, and ids of which none is ever given out twice.
--
-- Two id spaces, both below 2^53, so that JSON, JavaScript and spreadsheets carry every id exactly:
--   1    .. 2^51 - 1   single ids, from eod.order_id_seq
--   2^51 .. 2^53 - 1   leased ids, in blocks of 1024, from eod.order_block_seq
-- Both begin at the clock (eod.fence_orders): 512 single ids and 2 blocks a millisecond since 2024. The spaces end when the clock has
-- used them up, single ids in 2163 and blocks in 2128; nextval then fails with SQLSTATE 2200H, and a fence with OR004.
--
-- SQLSTATEs of these functions:
--   OR001  the key is known with another payload          OR004  ids are not safe to give out now (fails closed)
--   OR002  the id is not in a lease                       OR005  not a cursor of eod.orders_since
--   OR003  the id belongs to another key                  OR006  what was recorded is neither changed nor removed
create sequence eod.order_id_seq as bigint minvalue 1 maxvalue 2251799813685247;
create sequence eod.order_block_seq as bigint minvalue 0 start 0 maxvalue 6597069766655;

-- Where ids come from: the two sequences, or one row each in eod.order_counter, which any SQL engine has.
create table eod.order_authority (
    single    boolean primary key default true check (single),
    authority text not null default 'sequence' check (authority in ('sequence', 'counter'))
);
insert into eod.order_authority default values;

create table eod.order_counter (
    name       text primary key,
    next_value bigint not null,
    last_value bigint not null                  -- the end of the space
);
insert into eod.order_counter values ('order', 1, 2251799813685247), ('block', 0, 6597069766655);

-- One row a fence: the ids of an epoch begin above everything that this database, or a past of it that was lost, has given out.
create table eod.order_epoch (
    epoch             bigint primary key,       -- milliseconds since 2024, or one more than the last
    opened_at         timestamptz not null,
    opened_by         text not null default session_user,
    authority         text not null,
    system_identifier bigint not null,
    database          oid not null,
    timeline          bigint not null,          -- another one after a promotion and a restore to a point in time
    server_started_at timestamptz not null,
    previous_order_id bigint not null,          -- the last single id that the epoch before had passed
    previous_block    bigint not null,
    first_order_id    bigint not null,
    first_block       bigint not null
);

-- Holds a row only while the epoch is known to be good. Unlogged: PostgreSQL empties it after a crash, a promotion and a restore.
create unlogged table eod.order_fence (
    database          oid not null,             -- another one in a clone
    server_started_at timestamptz not null,     -- another one after a restart, so after the restore of a cold copy
    epoch             bigint not null,
    primary key (database, server_started_at)
);

-- One row a run of blocks that one statement leased. No two overlap.
create table eod.order_lease (
    first_block bigint primary key,
    last_block  bigint not null,
    worker      text not null check (worker <> ''),
    epoch       bigint not null,
    restored    boolean not null default false, -- given back by its holder after the database had lost it
    leased_at   timestamptz not null default clock_timestamp(),
    leased_by   text not null default session_user,
    check (first_block between 0 and last_block and last_block <= 6597069766655),
    exclude using gist (int8range(first_block, last_block, '[]') with &&)
);
create index order_lease_by_worker on eod.order_lease (worker);

-- Leases whose holder is done: what of them is not used is abandoned.
create table eod.order_lease_end (
    first_block bigint primary key references eod.order_lease,
    ended_at    timestamptz not null default clock_timestamp()
);

-- One row an id that has a key. Written once, never changed.
create table eod.orders (
    order_id       bigint primary key check (order_id between 1 and 9007199254740991),
    source         text not null check (source <> '' and octet_length(source) <= 256),
    client_key     text not null check (client_key <> '' and octet_length(client_key) <= 1024),
    payload        jsonb,                       -- null: reserved; see eod.order_fill
    lease          bigint,                      -- the first block of the lease that it came from; null: a single id
    recorded_by    text not null default session_user,
    recorded_at    timestamptz not null default clock_timestamp(),
    epoch          bigint not null,
    transaction_id xid8 not null default pg_current_xact_id(),
    unique (source, client_key)
);
create index orders_by_commit on eod.orders (epoch, transaction_id, order_id) where payload is not null;

-- What became of a reserved id.
create table eod.order_fill (
    order_id       bigint primary key references eod.orders,
    payload        jsonb not null,
    recorded_by    text not null default session_user,
    recorded_at    timestamptz not null default clock_timestamp(),
    epoch          bigint not null,
    transaction_id xid8 not null default pg_current_xact_id()
);
create index order_fill_by_commit on eod.order_fill (epoch, transaction_id, order_id);

create function eod.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception using errcode = 'OR006',
        message = format('%s of %s.%s is refused: it is only ever added to.', lower(tg_op), tg_table_schema, tg_table_name),
        hint = 'Record a correction as a new order that names the old one.';
end $$;

do $$
declare
    protected text;
begin
    foreach protected in array array['orders', 'order_fill', 'order_lease', 'order_lease_end', 'order_epoch'] loop
        execute format(
            'create trigger only_added_to before update or delete on eod.%I for each row execute function eod.refuse_change()', protected);
        execute format(
            'create trigger never_emptied before truncate on eod.%I for each statement execute function eod.refuse_change()', protected);
    end loop;
end $$;
