-- What scripts call. Each may be called again after any failure: a key has one id, for ever.

create function eod.take_order_id(authority text) returns bigint language plpgsql as $$
declare
    taken bigint;
begin
    if authority = 'sequence' then
        return nextval('eod.order_id_seq');
    end if;

    update eod.order_counter set next_value = next_value + 1 where name = 'order' and next_value <= last_value
    returning next_value - 1 into taken;
    if taken is null then
        raise exception using errcode = '2200H', message = 'The space of single order ids is used up.';
    end if;

    return taken;
end $$;

-- Blocks as they come: those of a sequence may lie between those that another session is taking.
create function eod.take_order_blocks(authority text, blocks integer) returns setof bigint language plpgsql as $$
declare
    next bigint;
begin
    if authority = 'sequence' then
        return query select nextval('eod.order_block_seq') from generate_series(1, blocks);
        return;
    end if;

    update eod.order_counter set next_value = next_value + blocks where name = 'block' and next_value + blocks - 1 <= last_value
    returning next_value into next;
    if next is null then
        raise exception using errcode = '2200H', message = 'The space of leased order ids is used up.';
    end if;

    return query select generate_series(next - blocks, next - 1);
end $$;

-- The id of a key, made where there is none. A payload, where given, is recorded under it.
create function eod.put_order(source text, client_key text, payload jsonb, out order_id bigint, out created boolean)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    place record;
    known record;
begin
    select * into place from eod.enter_orders();
    loop
        select o.order_id, coalesce(o.payload, f.payload) as payload into known
          from eod.orders o left join eod.order_fill f on f.order_id = o.order_id
         where o.source = put_order.source and o.client_key = put_order.client_key;
        exit when found;

        insert into eod.orders (order_id, source, client_key, payload, epoch)
        values (eod.take_order_id(place.authority), put_order.source, put_order.client_key, put_order.payload, place.epoch)
        on conflict (source, client_key) do nothing
        returning orders.order_id into put_order.order_id;
        if found then
            created := true;
            return;
        end if;
        -- Another session has just committed this key: the next look sees it.
    end loop;

    order_id := known.order_id;
    created := false;
    if put_order.payload is null or known.payload = put_order.payload then
        return;
    elsif known.payload is null then
        insert into eod.order_fill (order_id, payload, epoch) values (known.order_id, put_order.payload, place.epoch)
        on conflict (order_id) do nothing;
        created := found;
        if created or (select f.payload from eod.order_fill f where f.order_id = known.order_id) = put_order.payload then
            return;
        end if;
    end if;

    raise exception using errcode = 'OR001',
        message = format('Order %s of %s is recorded with another payload under this key.', order_id, put_order.source),
        detail = format('Key: %s', put_order.client_key),
        hint = 'Record a correction under a key of its own.';
end $$;

-- Records an order. A retry with the same key and payload returns the same id, with created false.
create function eod.record_order(source text, client_key text, payload jsonb, out order_id bigint, out created boolean)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if payload is null then
        raise exception using errcode = '22004', message = 'An order has a payload; eod.reserve_order_id takes an id without one.';
    end if;

    select p.order_id, p.created into order_id, created from eod.put_order(source, client_key, payload) p;
end $$;

-- An id that is durable before the order leaves for a broker. A retry returns the same one; eod.record_order fills it later.
create function eod.reserve_order_id(source text, client_key text) returns bigint
language sql security definer set search_path = pg_catalog, pg_temp as
    'select p.order_id from eod.put_order(source, client_key, null) p';

-- Leases blocks of 1024 ids: runs of ids, ends included, several where others lease at the same time. Use none before the commit.
create function eod.lease_order_ids(worker text, blocks integer, out first_id bigint, out last_id bigint) returns setof record
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    place record;
begin
    if blocks is null or blocks not between 1 and 4096 then
        raise exception using errcode = '22023', message = format('A lease has 1 to 4096 blocks, not %s.', blocks);
    end if;

    select * into place from eod.enter_orders();
    -- The row is what makes the lease durable: a sequence's value alone is not, even after a commit.
    return query
        with taken as (
            select b, b - row_number() over (order by b) as run from eod.take_order_blocks(place.authority, blocks) b
        ), leased as (
            insert into eod.order_lease (first_block, last_block, worker, epoch)
            select min(b), max(b), lease_order_ids.worker, place.epoch from taken group by run
            returning first_block, last_block
        )
        select 2251799813685248 + l.first_block * 1024, 2251799813685248 + l.last_block * 1024 + 1023 from leased l order by 1;
end $$;

-- Whether a lease, exactly as it was given out, is still its holder's. One that the database has lost (a failover to a standby that
-- lagged, a restore) is entered again where its ids lie below the epoch, so that nobody else can ever be given them.
create function eod.keep_order_ids(worker text, first_id bigint, last_id bigint) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    first constant bigint := (first_id - 2251799813685248) / 1024;
    last  constant bigint := (last_id - 2251799813685248) / 1024;
    place record;
begin
    select * into place from eod.enter_orders();
    if exists (select from eod.order_lease l
                where l.first_block = first and l.last_block = last and l.worker = keep_order_ids.worker) then
        return true;
    end if;

    if last >= (select e.first_block from eod.order_epoch e where e.epoch = place.epoch) then
        return false;
    end if;

    insert into eod.order_lease (first_block, last_block, worker, epoch, restored)
    values (first, last, keep_order_ids.worker, place.epoch, true);
    return true;
exception
    when exclusion_violation or unique_violation or check_violation then
        return false;
end $$;

-- Says that a worker is done with its leases: what is unused of them is abandoned. An id that is used all the same stays good.
create function eod.end_order_leases(worker text) returns bigint
language sql security definer set search_path = pg_catalog, pg_temp as $$
    with ended as (
        insert into eod.order_lease_end (first_block)
        select l.first_block from eod.order_lease l
         where l.worker = end_order_leases.worker
           and not exists (select from eod.order_lease_end e where e.first_block = l.first_block)
        on conflict do nothing
        returning 1
    )
    select count(*) from ended
$$;

-- The orders in the order of their commits, from after a cursor (null or empty: from the first). None is missed and none comes twice,
-- whatever commits meanwhile. Go on from the next_cursor of the last row; where there is no row, from the same cursor.
create function eod.orders_since(cursor text, max_rows integer,
    out order_id bigint, out source text, out client_key text, out payload jsonb, out recorded_at timestamptz, out next_cursor text)
returns setof record
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    at        text[] := '{0,0,0}';
    after     record;
    -- A row of a transaction that is not surely over is held back, and with it all after it.
    horizon   constant xid8 := pg_snapshot_xmin(pg_current_snapshot());
    -- Transactions of another cluster, as before a dump and restore, are over; their numbers mean nothing here.
    elsewhere constant bigint := coalesce((
        select max(e.epoch) from eod.order_epoch e where e.system_identifier <> (select c.system_identifier from pg_control_system() c)), -1);
begin
    if coalesce(orders_since.cursor, '') <> '' then
        at := regexp_match(orders_since.cursor, '^([0-9]{1,18}):([0-9]{1,19}):([0-9]{1,16})$');
        if at is null then
            raise exception using errcode = 'OR005', message = 'The cursor is none that eod.orders_since has returned.';
        end if;
    end if;

    if max_rows is null or max_rows not between 1 and 100000 then
        raise exception using errcode = '22023', message = format('Ask for 1 to 100000 orders, not %s.', max_rows);
    end if;

    select at[1]::bigint as epoch, at[2]::xid8 as transaction_id, at[3]::bigint as order_id into after;
    return query
        select r.order_id, r.source, r.client_key, r.payload, r.recorded_at,
               format('%s:%s:%s', r.epoch, r.transaction_id, r.order_id)
          from (
            (select o.order_id, o.source, o.client_key, o.payload, o.recorded_at, o.epoch, o.transaction_id
               from eod.orders o
              where o.payload is not null and (o.epoch, o.transaction_id, o.order_id) > (after.epoch, after.transaction_id, after.order_id)
                and (o.transaction_id < horizon or o.epoch <= elsewhere)
              order by o.epoch, o.transaction_id, o.order_id limit max_rows)
            union all
            (select f.order_id, o.source, o.client_key, f.payload, f.recorded_at, f.epoch, f.transaction_id
               from eod.order_fill f join eod.orders o on o.order_id = f.order_id
              where (f.epoch, f.transaction_id, f.order_id) > (after.epoch, after.transaction_id, after.order_id)
                and (f.transaction_id < horizon or f.epoch <= elsewhere)
              order by f.epoch, f.transaction_id, f.order_id limit max_rows)
          ) r
         order by r.epoch, r.transaction_id, r.order_id limit max_rows;
end $$;
