-- Batches of orders at a speed that does not fall with the length of the history.

-- Takes so many single ids from the counter and returns the first.
create function eod.take_counted_ids(wanted bigint) returns bigint language plpgsql as $$
declare
    first bigint;
begin
    update eod.order_counter set next_value = next_value + wanted where name = 'order' and next_value + wanted - 1 <= last_value
    returning next_value - wanted into first;
    if first is null then
        raise exception using errcode = '2200H', message = 'The space of single order ids is used up.';
    end if;

    return first;
end $$;

create or replace function eod.take_order_id(authority text) returns bigint language plpgsql as $$
begin
    return case when authority = 'sequence' then nextval('eod.order_id_seq') else eod.take_counted_ids(1) end;
end $$;

-- The lease that holds a leased id, by its first block; null for null.
create function eod.lease_of(order_id bigint) returns bigint language plpgsql strict as $$
declare
    wanted constant bigint := (lease_of.order_id - 2251799813685248) >> 10;
    held   bigint;
begin
    select l.first_block into held from eod.order_lease l
     where l.first_block = (select max(b.first_block) from eod.order_lease b where b.first_block <= wanted) and l.last_block >= wanted;
    if held is null then
        raise exception using errcode = 'OR002',
            message = format('Order id %s is in no lease.', lease_of.order_id),
            hint = 'Use ids that eod.lease_order_ids gave, or none.';
    end if;

    return held;
end $$;

-- Inserts a part of what was staged (the end of a select from it as s). Looking each key up and giving way to others cost a third of the
-- speed, so that is done where a plain insert has met a known key (careful).
create function eod.insert_part(part text, place record, inout careful boolean, out inserted bigint) language plpgsql as $$
declare
    unknown constant text := ' and not exists (select from eod.orders o where o.source = s.source and o.client_key = s.client_key)';
    next_id text := 'nextval(''eod.order_id_seq'')';
    held    text;
    ids     record;
    before  bigint;
begin
    execute 'select count(*) filter (where s.order_id is null) as wanted, min(s.order_id) as first, max(s.order_id) as last ' || part
       into ids;
    -- Mostly one lease holds all ids of a part.
    held := eod.lease_of(ids.first);
    if held is distinct from eod.lease_of(ids.last)::text then
        held := 'eod.lease_of(s.order_id)';
    end if;

    loop
        begin
            if place.authority = 'counter' then
                if careful then
                    execute 'select count(*) ' || part || ' and s.order_id is null' || unknown into ids.wanted;
                end if;

                before := eod.take_counted_ids(ids.wanted) - 1;
                next_id := '$5 + count(*) filter (where s.order_id is null) over (rows unbounded preceding)';
            end if;

            execute 'insert into eod.orders
                    (order_id, source, client_key, payload, lease, recorded_by, recorded_at, epoch, transaction_id)
                select coalesce(s.order_id, ' || next_id || '), s.source, s.client_key, s.payload,
                       case when s.order_id is not null then ' || coalesce(held, 'null::bigint') || ' end, $1, $2, $3, $4 '
                || part || case when careful then unknown || ' on conflict (source, client_key) do nothing' else '' end
            using session_user::text, clock_timestamp(), place.epoch, pg_current_xact_id(), before;
            get diagnostics inserted = row_count;
            return;
        exception
            when unique_violation then
                if careful then
                    raise exception using errcode = 'OR003',
                        message = 'An order id of the batch belongs to another key.', detail = sqlerrm,
                        hint = 'Use each leased id for one order.';
                end if;
                careful := true;
        end;
    end loop;
end $$;

revoke execute on function
    eod.take_counted_ids(bigint), eod.lease_of(bigint), eod.insert_part(text, record, boolean) from public;

-- Records what was staged: all of it or, where one order is refused, none. May be repeated. Every look-up goes by an index: the planner,
-- which has no statistics of a staged table, would rather hash the whole history.
create or replace function eod.record_staged_orders(out created bigint, out known bigint)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_mergejoin = off set enable_hashjoin = off as $$
#variable_conflict use_column
declare
    -- Some ten thousand orders: as many are tried once more where the first known one is met.
    part_pages constant integer := 128;
    pages      bigint;
    careful    boolean := false;
    place      record;
    done       record;
    refused    record;
    filled     bigint := 0;
begin
    -- Only a table made by eod.stage_orders: in one of the caller's own making, code of the caller's could run with more rights.
    if not exists (select from pg_class c
                    where c.oid = to_regclass('pg_temp.order_staging') and c.relowner = current_user::regrole and c.relkind = 'r') then
        raise exception using errcode = '42P01', message = 'Nothing is staged in this transaction: call eod.stage_orders first.';
    end if;

    select * into place from eod.enter_orders();
    created := 0;
    known := 0;
    pages := pg_relation_size('pg_temp.order_staging') / current_setting('block_size')::integer;
    for page in 0 .. pages - 1 by part_pages loop
        select * into done from eod.insert_part(
            format('from pg_temp.order_staging s where s.ctid >= ''(%s,0)'' and s.ctid < ''(%s,0)''', page, page + part_pages),
            place, careful);
        careful := done.careful;
        created := created + done.inserted;
    end loop;

    if careful then
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

        created := created + filled;
        known := (select count(*) from pg_temp.order_staging) - created;
    end if;

    truncate pg_temp.order_staging;
end $$;
