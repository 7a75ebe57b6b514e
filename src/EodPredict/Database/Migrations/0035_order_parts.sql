-- A batch may be recorded a part at a time: the client makes the next part ready while the server records this one. So that a batch that is
-- sent again is not first tried as if all of it were new, the first key of each part is looked up.
create or replace function eod.record_staged_orders(out created bigint, out known bigint)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_mergejoin = off set enable_hashjoin = off as $$
#variable_conflict use_column
declare
    -- Some ten thousand orders: as many are tried once more where a known one is met.
    part_pages constant integer := 128;
    part       text;
    pages      bigint;
    careful    boolean;
    was_known  boolean := false;
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
        part := format('from pg_temp.order_staging s where s.ctid >= ''(%s,0)'' and s.ctid < ''(%s,0)''', page, page + part_pages);
        execute 'select exists (select from (select s.source, s.client_key ' || part || ' limit 1) f
            join eod.orders o on o.source = f.source and o.client_key = f.client_key)' into careful;
        select * into done from eod.insert_part(part, place, careful);
        was_known := was_known or done.careful;
        created := created + done.inserted;
    end loop;

    if was_known then
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
