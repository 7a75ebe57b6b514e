-- A batch of somebody who may write into eod.orders goes there by COPY, without being staged. What each row needs besides is given out
-- here, a part of the batch at a time, in the transaction of the COPY: what the columns' defaults would be (a COPY that leaves a clock to the
-- server inserts row by row; recorded_at is in microseconds since 2000), new ids, and for each block of leased ids the lease that holds it.
-- Whole blocks of new ids are leased, for ids at the end of the primary key are quicker to enter than those in its middle; the leases have
-- ended at once, so that what of them is not used after all is abandoned. Where the first key of the part is known, there are no new ids:
-- such a part is better staged.
create function eod.place_orders(source text, first_key text, leased_ids bigint[], new_ids integer,
    out known boolean, out recorded_by text, out recorded_at bigint, out epoch bigint, out transaction_id bigint, out order_ids bigint[],
    out blocks bigint[], out leases bigint[])
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    singles constant integer := new_ids % 1024;
    place   record;
    run     record;
    first   bigint;
begin
    select * into place from eod.enter_orders();
    known := exists (select from eod.orders o where o.source = place_orders.source and o.client_key = place_orders.first_key);
    recorded_by := session_user;
    recorded_at := extract(epoch from clock_timestamp() - timestamptz '2000-01-01 00:00+00') * 1000000;
    epoch := place.epoch;
    transaction_id := pg_current_xact_id()::text;
    order_ids := '{}';
    blocks := array(select (i.id - 2251799813685248) >> 10 from unnest(leased_ids) with ordinality i(id, place) order by i.place);
    leases := array(select eod.lease_of(i.id) from unnest(leased_ids) with ordinality i(id, place) order by i.place);
    if known then
        return;
    end if;

    if new_ids >= 1024 then
        for run in
            select l.first_id, l.last_id, (l.first_id - 2251799813685248) >> 10 as first_block, (l.last_id - 2251799813685248) >> 10 as last_block
              from eod.lease_order_ids(place_orders.source, new_ids / 1024) l
        loop
            insert into eod.order_lease_end (first_block) values (run.first_block);
            order_ids := order_ids || array(select generate_series(run.first_id, run.last_id));
            blocks := blocks || array(select generate_series(run.first_block, run.last_block));
            leases := leases || array_fill(run.first_block, array[(run.last_block - run.first_block + 1)::integer]);
        end loop;
    end if;

    if place.authority = 'sequence' then
        order_ids := order_ids || array(select nextval('eod.order_id_seq') from generate_series(1, singles));
    elsif singles > 0 then
        first := eod.take_counted_ids(singles);
        order_ids := order_ids || array(select generate_series(first, first + singles - 1));
    end if;
end $$;
revoke execute on function eod.place_orders(text, text, bigint[], integer) from public;
