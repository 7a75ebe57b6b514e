-- Orders with leased ids, and orders by the batch.

-- Records an order under an id that the caller has leased. Where the key has an id already, that one is returned and the leased one
-- stays unused.
create function eod.record_leased_order(order_id bigint, source text, client_key text, payload jsonb,
    out recorded_id bigint, out created boolean)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    wanted constant bigint := (record_leased_order.order_id - 2251799813685248) >> 10;
    place  record;
    held   bigint;
begin
    if record_leased_order.payload is null then
        raise exception using errcode = '22004', message = 'An order has a payload.';
    end if;

    select * into place from eod.enter_orders();
    if not exists (select from eod.orders o where o.source = record_leased_order.source and o.client_key = record_leased_order.client_key) then
        select l.first_block into held from eod.order_lease l
         where l.first_block = (select max(b.first_block) from eod.order_lease b where b.first_block <= wanted) and l.last_block >= wanted;
        if held is null then
            raise exception using errcode = 'OR002',
                message = format('Order id %s is in no lease.', record_leased_order.order_id),
                hint = 'Use ids that eod.lease_order_ids gave.';
        end if;

        insert into eod.orders (order_id, source, client_key, payload, lease, epoch)
        values (record_leased_order.order_id, record_leased_order.source, record_leased_order.client_key, record_leased_order.payload,
                held, place.epoch)
        on conflict (source, client_key) do nothing
        returning orders.order_id into recorded_id;
        if found then
            created := true;
            return;
        end if;
    end if;

    select p.order_id, p.created into recorded_id, created
      from eod.put_order(record_leased_order.source, record_leased_order.client_key, record_leased_order.payload) p;
exception
    when unique_violation then
        raise exception using errcode = 'OR003',
            message = format('Order id %s belongs to another key.', record_leased_order.order_id), hint = 'Use each leased id for one order.';
end $$;

-- Makes the table pg_temp.order_staging for one batch of this session: COPY orders into it, then call eod.record_staged_orders in the
-- same transaction. An order_id is a leased one, or null for a new one.
create function eod.stage_orders() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if to_regclass('pg_temp.order_staging') is null then
        create temp table order_staging (order_id bigint, source text not null, client_key text not null, payload jsonb not null)
        on commit drop;
        execute format('grant insert, select on pg_temp.order_staging to %I', session_user);
    end if;
end $$;

-- Records what was staged: all of it or, where one order is refused, none. May be repeated.
create function eod.record_staged_orders(out created bigint, out known bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_mergejoin = off as $$
#variable_conflict use_column
declare
    place      record;
    staged     bigint;
    refused    record;
    giving_way text;
    inserted   bigint;
    filled     bigint := 0;
begin
    -- Only a table made by eod.stage_orders: in one of the caller's own making, code of the caller's could run with more rights.
    if not exists (select from pg_class c
                    where c.oid = to_regclass('pg_temp.order_staging') and c.relowner = current_user::regrole and c.relkind = 'r') then
        raise exception using errcode = '42P01', message = 'Nothing is staged in this transaction: call eod.stage_orders first.';
    end if;

    select * into place from eod.enter_orders();
    select count(*) into staged from pg_temp.order_staging;

    create temp table order_staging_lease on commit drop as
    select b.block, l.first_block
      from (select distinct (s.order_id - 2251799813685248) >> 10 as block from pg_temp.order_staging s where s.order_id is not null) b
      left join lateral (select l.first_block, l.last_block from eod.order_lease l
                          where l.first_block <= b.block order by l.first_block desc limit 1) l on l.last_block >= b.block;
    select t.block into refused from pg_temp.order_staging_lease t where t.first_block is null limit 1;
    if found then
        raise exception using errcode = 'OR002',
            message = format('Order id %s is in no lease.',
                (select min(s.order_id) from pg_temp.order_staging s where (s.order_id - 2251799813685248) >> 10 = refused.block)),
            hint = 'Use ids that eod.lease_order_ids gave, or none.';
    end if;

    -- The rule that gives way to others costs a third of the speed, so it is tried where the plain insert has met one.
    foreach giving_way in array array['', 'on conflict (source, client_key) do nothing'] loop
        begin
            execute $insert$
                insert into eod.orders (order_id, source, client_key, payload, lease, epoch)
                select coalesce(s.order_id, eod.take_order_id($1)), s.source, s.client_key, s.payload, t.first_block, $2
                  from pg_temp.order_staging s
                  left join pg_temp.order_staging_lease t on t.block = (s.order_id - 2251799813685248) >> 10
                 where not exists (select from eod.orders o where o.source = s.source and o.client_key = s.client_key)
                $insert$ || giving_way using place.authority, place.epoch;
            get diagnostics inserted = row_count;
            exit;
        exception
            when unique_violation then
                if giving_way <> '' then
                    raise exception using errcode = 'OR003', message = 'An order id of the batch belongs to another key.', detail = sqlerrm,
                        hint = 'Use each leased id for one order.';
                end if;
        end;
    end loop;

    if inserted < staged then
        insert into eod.order_fill (order_id, payload, epoch)
        select distinct on (o.order_id) o.order_id, s.payload, place.epoch
          from pg_temp.order_staging s join eod.orders o on o.source = s.source and o.client_key = s.client_key
         where o.payload is null
        on conflict (order_id) do nothing;
        get diagnostics filled = row_count;

        select s.source, s.client_key, o.order_id into refused
          from pg_temp.order_staging s
          join eod.orders o on o.source = s.source and o.client_key = s.client_key
          left join eod.order_fill f on f.order_id = o.order_id
         where coalesce(o.payload, f.payload) is distinct from s.payload
         limit 1;
        if found then
            raise exception using errcode = 'OR001',
                message = format('Order %s of %s is recorded with another payload under this key.', refused.order_id, refused.source),
                detail = format('Key: %s', refused.client_key),
                hint = 'Record a correction under a key of its own.';
        end if;
    end if;

    created := inserted + filled;
    known := staged - created;
    drop table pg_temp.order_staging_lease;
    truncate pg_temp.order_staging;
end $$;

-- What became of every id, a row a worker (the source of single ids, the holder of leased ones) and one, with an empty name, of ids that
-- nobody holds: taken by a transaction that was rolled back, or skipped by PostgreSQL in a crash. In every row
-- issued = used + reserved + leased_unused + abandoned. What a transaction in flight has taken counts as abandoned until it commits.
create function eod.order_ledger(
    out worker text, out issued bigint, out used bigint, out reserved bigint, out leased_unused bigint, out abandoned bigint)
returns setof record
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with position as (
        select p.* from eod.order_position(coalesce(
            (select e.authority from eod.order_epoch e order by e.epoch desc limit 1), 'sequence')) p
    ), epoch as (
        select e.first_order_id, lead(e.previous_order_id, 1, (select order_id from position)) over (order by e.epoch) as last_order_id,
               e.first_block, lead(e.previous_block, 1, (select block from position)) over (order by e.epoch) as last_block
          from eod.order_epoch e
    ), single as (
        select o.source as worker, count(*) as issued, count(coalesce(o.payload, f.payload)) as used
          from eod.orders o left join eod.order_fill f on f.order_id = o.order_id
         where o.lease is null group by o.source
    ), usage as (
        select o.lease, count(*) as used from eod.orders o where o.lease is not null group by o.lease
    ), lease as (
        select l.worker, (l.last_block - l.first_block + 1) * 1024 as issued, coalesce(u.used, 0) as used, e.first_block is not null as ended,
               1024 * coalesce((select sum(greatest(least(l.last_block, p.last_block) - greatest(l.first_block, p.first_block) + 1, 0))
                                  from epoch p), 0) as passed
          from eod.order_lease l
          left join usage u on u.lease = l.first_block
          left join eod.order_lease_end e on e.first_block = l.first_block
    ), rows as (
        select worker, issued, used, issued - used as reserved, 0 as leased_unused, 0 as abandoned from single
        union all
        select worker, issued, used, 0, case when ended then 0 else issued - used end, case when ended then issued - used else 0 end from lease
        union all
        select '', n, 0, 0, 0, n
          from (select (select coalesce(sum(last_order_id - first_order_id + 1 + 1024 * (last_block - first_block + 1)), 0) from epoch)
                       - (select coalesce(sum(issued), 0) from single) - (select coalesce(sum(passed), 0) from lease) as n) nobody
    )
    select r.worker, sum(r.issued)::bigint, sum(r.used)::bigint, sum(r.reserved)::bigint, sum(r.leased_unused)::bigint,
           sum(r.abandoned)::bigint
      from rows r group by r.worker order by r.worker
$$;

-- The role of scripts: it may call functions and nothing else. Grant it to whoever records orders.
revoke execute on all functions in schema eod from public;

do $$
begin
    begin
        create role eod_script nologin;
    exception
        when duplicate_object or unique_violation then null;
    end;
    grant usage on schema eod to eod_script;
    grant execute on function
        eod.record_order(text, text, jsonb), eod.reserve_order_id(text, text), eod.lease_order_ids(text, integer),
        eod.orders_since(text, integer), eod.keep_order_ids(text, bigint, bigint), eod.end_order_leases(text),
        eod.record_leased_order(bigint, text, text, jsonb), eod.stage_orders(), eod.record_staged_orders(),
        eod.order_identity(), eod.order_ledger(), eod.fence_orders() to eod_script;
exception
    when insufficient_privilege then
        raise notice 'The role eod_script was not made: this user may not make roles. docs/orders.md has the statements.';
end $$;
