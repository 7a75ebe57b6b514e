-- The ledger without reading the history: sums a worker of what was counted, and only what came since is counted when somebody asks.
-- Recording does nothing for it. Orders and fills are counted by the index of their commits, up to a mark; leases and ends, of which there
-- are few, wait in a table of their own. Whoever looks sees sums, mark and waiting rows of one moment, so the ledger is exact at any.
create table eod.order_tally (
    worker      text primary key,               -- the source of single ids, the holder of leased ones
    single      bigint not null,                -- single ids with a key
    single_used bigint not null,                -- those of them with an order
    leased      bigint not null,                -- ids of leases
    leased_used bigint not null,
    ended       bigint not null,                -- ids of those leases that have ended
    ended_used  bigint not null,
    passed      bigint not null                 -- ids of leases that an epoch has passed: not those given back from a lost past
);

-- What is in the sums: every order and fill up to the end of this transaction of this epoch.
create table eod.order_tally_mark (
    single         boolean primary key default true check (single),
    epoch          bigint not null default 0,
    transaction_id xid8 not null default '0'
);
insert into eod.order_tally_mark default values;

-- Used ids in the sums, of leases whose end is not.
create table eod.order_tally_lease (
    lease bigint primary key,
    used  bigint not null
);

-- Leases, and ends of leases, that are not in the sums.
create table eod.order_tally_waiting (
    lease bigint not null,
    ended boolean not null,
    primary key (lease, ended)
);
create function eod.tally_later() returns trigger language plpgsql as $$
begin
    insert into eod.order_tally_waiting values (new.first_block, tg_table_name = 'order_lease_end');
    return null;
end $$;
create trigger tallied after insert on eod.order_lease for each row execute function eod.tally_later();
create trigger tallied after insert on eod.order_lease_end for each row execute function eod.tally_later();
insert into eod.order_tally_waiting
select first_block, false from eod.order_lease union all select first_block, true from eod.order_lease_end;

-- For what is only reserved; the others are in orders_by_commit.
create index orders_reserved_by_commit on eod.orders (epoch, transaction_id) where payload is null;

create type eod.order_count as (source text, lease bigint, ended boolean, issued bigint, used bigint);

-- What each epoch has passed, ends included.
create function eod.order_epochs(out first_order_id bigint, out last_order_id bigint, out first_block bigint, out last_block bigint)
returns setof record language sql stable as $$
    select e.first_order_id, lead(e.previous_order_id, 1, p.order_id) over (order by e.epoch),
           e.first_block, lead(e.previous_block, 1, p.block) over (order by e.epoch)
      from eod.order_epoch e,
           eod.order_position(coalesce((select l.authority from eod.order_epoch l order by l.epoch desc limit 1), 'sequence')) p
$$;

-- Counts the orders after one place in the order of commits up to another one, single ids by their source and leased ones by their lease.
-- By the index in any case: where the planner has no or old statistics, it would rather read the whole history.
create function eod.count_orders(after_epoch bigint, after_transaction xid8, last_epoch bigint, last_transaction xid8)
returns setof eod.order_count language plpgsql stable
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off
set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
begin
    return query
        with stretch as materialized (
            -- Epoch by epoch: where two columns are compared at once, an index scan stops at the end of the first one's value only.
            select e.epoch, case when e.epoch = after_epoch then after_transaction else '0'::xid8 end as after,
                   case when e.epoch = last_epoch then last_transaction else '18446744073709551615'::xid8 end as last
              from eod.order_epoch e where e.epoch between after_epoch and last_epoch
        )
        select c.source, c.lease, exists (select from eod.order_lease_end e where e.first_block = c.lease), c.issued, c.used
          from (
            select case when o.lease is null then o.source end as source, o.lease, count(*) as issued, count(*) as used
              from stretch s join eod.orders o on o.epoch = s.epoch and o.transaction_id > s.after and o.transaction_id <= s.last
             where o.payload is not null
             group by 1, 2
            union all
            select o.source, null, count(*), 0
              from stretch s join eod.orders o on o.epoch = s.epoch and o.transaction_id > s.after and o.transaction_id <= s.last
             where o.payload is null
             group by 1
            union all
            select o.source, null, 0, count(*)
              from stretch s join eod.order_fill f on f.epoch = s.epoch and f.transaction_id > s.after and f.transaction_id <= s.last
              join eod.orders o on o.order_id = f.order_id
             group by 1
          ) c;
end $$;

-- What counted orders, new leases and new ends add to the sums.
create function eod.add_to_tally(counted eod.order_count[], leases bigint[], ends bigint[]) returns setof eod.order_tally
language sql stable set search_path = pg_catalog, pg_temp set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
    with epoch as materialized (
        select * from eod.order_epochs()
    )
    select r.worker, sum(r.single)::bigint, sum(r.single_used)::bigint, sum(r.leased)::bigint, sum(r.leased_used)::bigint,
           sum(r.ended)::bigint, sum(r.ended_used)::bigint, sum(r.passed)::bigint
      from (
        select c.source as worker, c.issued as single, c.used as single_used, 0 as leased, 0 as leased_used, 0 as ended, 0 as ended_used,
               0 as passed
          from unnest(counted) c where c.lease is null
        union all
        select l.worker, 0, 0, 0, c.used, 0, case when c.ended then c.used else 0 end, 0
          from unnest(counted) c join eod.order_lease l on l.first_block = c.lease
        union all
        select l.worker, 0, 0, (l.last_block - l.first_block + 1) * 1024, 0, 0, 0,
               1024 * (select coalesce(sum(least(l.last_block, p.last_block) - greatest(l.first_block, p.first_block) + 1), 0)
                         from epoch p where p.first_block <= l.last_block and p.last_block >= l.first_block)
          from unnest(leases) a(lease) join eod.order_lease l on l.first_block = a.lease
        union all
        select l.worker, 0, 0, 0, 0, (l.last_block - l.first_block + 1) * 1024, coalesce(u.used, 0), 0
          from unnest(ends) a(lease) join eod.order_lease l on l.first_block = a.lease
          left join eod.order_tally_lease u on u.lease = a.lease
      ) r group by r.worker
$$;

-- Brings the sums on: at most so many orders and the rest of the last one's transaction. Returns whether there is more. Where another
-- session is at it, this leaves it to that one. May be called by anybody at any time.
create function eod.fold_orders(most integer default 1000000) returns boolean
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off set jit = off as $$
declare
    mark      record;
    horizon   xid8;
    top       record;
    cut       record;
    last      record;
    leases    bigint[];
    ends      bigint[];
    counted   eod.order_count[];
begin
    if not pg_try_advisory_xact_lock(7303780, 2) then
        return false;
    end if;

    select m.epoch, m.transaction_id into strict mark from eod.order_tally_mark m;
    -- As in eod.orders_since, what commits later than this lies after the last row of a transaction that is surely over.
    horizon := pg_snapshot_xmin(pg_current_snapshot());
    select e.epoch,
           case when e.system_identifier = c.system_identifier then horizon else '18446744073709551615'::xid8 end as transaction_id,
           coalesce((select max(b.epoch) from eod.order_epoch b where b.system_identifier <> c.system_identifier), -1) as elsewhere
      into top from eod.order_epoch e, pg_control_system() c order by e.epoch desc limit 1;
    select r.epoch, r.transaction_id into last
      from (
        (select o.epoch, o.transaction_id from eod.orders o
          where o.payload is not null and (o.epoch, o.transaction_id) < (top.epoch, top.transaction_id)
            and (o.transaction_id < horizon or o.epoch <= top.elsewhere)
          order by o.epoch desc, o.transaction_id desc limit 1)
        union all
        (select o.epoch, o.transaction_id from eod.orders o
          where o.payload is null and (o.epoch, o.transaction_id) < (top.epoch, top.transaction_id)
            and (o.transaction_id < horizon or o.epoch <= top.elsewhere)
          order by o.epoch desc, o.transaction_id desc limit 1)
        union all
        (select f.epoch, f.transaction_id from eod.order_fill f
          where (f.epoch, f.transaction_id) < (top.epoch, top.transaction_id)
            and (f.transaction_id < horizon or f.epoch <= top.elsewhere)
          order by f.epoch desc, f.transaction_id desc limit 1)
      ) r
     where (r.epoch, r.transaction_id) > (mark.epoch, mark.transaction_id)
     order by r.epoch desc, r.transaction_id desc limit 1;
    -- Before the orders are counted, so that a lease whose end is seen here is seen there as ended.
    select coalesce(array_agg(w.lease) filter (where not w.ended), '{}'), coalesce(array_agg(w.lease) filter (where w.ended), '{}')
      into leases, ends from eod.order_tally_waiting w;
    if last.epoch is null and leases = '{}' and ends = '{}' then
        return false;
    end if;

    select o.epoch, o.transaction_id into cut from eod.orders o
     where o.payload is not null and (o.epoch, o.transaction_id) > (mark.epoch, mark.transaction_id)
       and (o.epoch, o.transaction_id) < (last.epoch, last.transaction_id)
     order by o.epoch, o.transaction_id, o.order_id offset most limit 1;
    -- Until here nothing was written, so that the counting holds up nobody's eod.orders_since.
    counted := array(
        select c from eod.count_orders(
            mark.epoch, mark.transaction_id, coalesce(cut.epoch, last.epoch), coalesce(cut.transaction_id, last.transaction_id)) c);
    insert into eod.order_tally as t select * from eod.add_to_tally(counted, leases, ends)
    on conflict (worker) do update
       set single = t.single + excluded.single, single_used = t.single_used + excluded.single_used,
           leased = t.leased + excluded.leased, leased_used = t.leased_used + excluded.leased_used,
           ended = t.ended + excluded.ended, ended_used = t.ended_used + excluded.ended_used, passed = t.passed + excluded.passed;
    delete from eod.order_tally_lease u where u.lease = any (ends);
    insert into eod.order_tally_lease as u select c.lease, c.used from unnest(counted) c where not c.ended and c.lease is not null
    on conflict (lease) do update set used = u.used + excluded.used;
    delete from eod.order_tally_waiting w where w.lease = any (case when w.ended then ends else leases end);
    update eod.order_tally_mark
       set epoch = coalesce(cut.epoch, last.epoch, epoch), transaction_id = coalesce(cut.transaction_id, last.transaction_id, transaction_id);
    return cut.epoch is not null;
end $$;

-- The sums as they are now: those kept, and what is not in them yet.
create function eod.tally_orders() returns setof eod.order_tally
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    mark record;
begin
    -- Stable: all of it sees what the caller's statement sees.
    select m.epoch, m.transaction_id into strict mark from eod.order_tally_mark m;
    return query
        select r.worker, sum(r.single)::bigint, sum(r.single_used)::bigint, sum(r.leased)::bigint, sum(r.leased_used)::bigint,
               sum(r.ended)::bigint, sum(r.ended_used)::bigint, sum(r.passed)::bigint
          from (
            select * from eod.order_tally
            union all
            select * from eod.add_to_tally(
                array(select c from eod.count_orders(
                    mark.epoch, mark.transaction_id, 9223372036854775807, '18446744073709551615'::xid8) c),
                array(select w.lease from eod.order_tally_waiting w where not w.ended),
                array(select w.lease from eod.order_tally_waiting w where w.ended))
          ) r group by r.worker;
end $$;

-- The same, counted anew from all orders: for whoever doubts the sums.
create function eod.recount_orders() returns setof eod.order_tally
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with usage as (
        select o.lease, count(*) as used from eod.orders o where o.lease is not null group by o.lease
    ), epoch as materialized (
        select * from eod.order_epochs()
    )
    select r.worker, sum(r.single)::bigint, sum(r.single_used)::bigint, sum(r.leased)::bigint, sum(r.leased_used)::bigint,
           sum(r.ended)::bigint, sum(r.ended_used)::bigint, sum(r.passed)::bigint
      from (
        select o.source as worker, count(*) as single, count(coalesce(o.payload, f.payload)) as single_used, 0 as leased, 0 as leased_used,
               0 as ended, 0 as ended_used, 0 as passed
          from eod.orders o left join eod.order_fill f on f.order_id = o.order_id
         where o.lease is null group by o.source
        union all
        select l.worker, 0, 0, l.issued, l.used, case when l.ended then l.issued else 0 end, case when l.ended then l.used else 0 end,
               1024 * coalesce((select sum(greatest(least(l.last_block, p.last_block) - greatest(l.first_block, p.first_block) + 1, 0))
                                  from epoch p), 0)
          from (
            select l.worker, l.first_block, l.last_block, (l.last_block - l.first_block + 1) * 1024 as issued, coalesce(u.used, 0) as used,
                   e.first_block is not null as ended
              from eod.order_lease l
              left join usage u on u.lease = l.first_block
              left join eod.order_lease_end e on e.first_block = l.first_block
          ) l
      ) r group by r.worker
$$;

create or replace function eod.order_ledger(
    out worker text, out issued bigint, out used bigint, out reserved bigint, out leased_unused bigint, out abandoned bigint)
returns setof record
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with tally as materialized (
        select * from eod.tally_orders()
    ), nobody as materialized (
        -- Read once: others take ids meanwhile.
        select ((select coalesce(sum(e.last_order_id - e.first_order_id + 1 + 1024 * (e.last_block - e.first_block + 1)), 0)
                   from eod.order_epochs() e)
                - (select coalesce(sum(t.single + t.passed), 0) from tally t))::bigint as ids
    )
    select t.worker, t.single + t.leased, t.single_used + t.leased_used, t.single - t.single_used,
           t.leased - t.ended - (t.leased_used - t.ended_used), t.ended - t.ended_used
      from tally t
    union all
    select '', n.ids, 0, 0, 0, n.ids from nobody n
    order by 1
$$;

revoke execute on function
    eod.tally_later(), eod.order_epochs(), eod.count_orders(bigint, xid8, bigint, xid8),
    eod.add_to_tally(eod.order_count[], bigint[], bigint[]), eod.fold_orders(integer), eod.tally_orders(), eod.recount_orders() from public;

do $$
begin
    grant execute on function eod.fold_orders(integer), eod.recount_orders(), eod.tally_orders() to eod_script;
exception
    when insufficient_privilege or undefined_object then null;  -- docs/orders.md has the statements.
end $$;
