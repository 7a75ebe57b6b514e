-- A batch of somebody who may write into eod.orders goes there by COPY, without being staged. What each row needs besides is given out
-- here, a part of the batch at a time, in the transaction of the COPY: what the columns' defaults would be (a COPY that leaves a clock to the
-- server inserts row by row; recorded_at is in microseconds since 2000), for some leased ids the leases that hold them, and new ids. Where the
-- first key of the part is known, there are none: such a part is better staged.
create function eod.place_orders(source text, first_key text, leased_ids bigint[], new_ids integer,
    out known boolean, out recorded_by text, out recorded_at bigint, out epoch bigint, out transaction_id bigint, out leases bigint[],
    out order_ids bigint[])
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    place record;
    first bigint;
begin
    select * into place from eod.enter_orders();
    recorded_by := session_user;
    recorded_at := extract(epoch from clock_timestamp() - timestamptz '2000-01-01 00:00+00') * 1000000;
    epoch := place.epoch;
    transaction_id := pg_current_xact_id()::text;
    known := exists (select from eod.orders o where o.source = place_orders.source and o.client_key = place_orders.first_key);
    leases := array(select eod.lease_of(i.id) from unnest(leased_ids) with ordinality i(id, place) order by i.place);
    if known or new_ids = 0 then
        order_ids := '{}';
    elsif place.authority = 'counter' then
        first := eod.take_counted_ids(new_ids);
        order_ids := array(select generate_series(first, first + new_ids - 1));
    else
        order_ids := array(select nextval('eod.order_id_seq') from generate_series(1, new_ids));
    end if;
end $$;
revoke execute on function eod.place_orders(text, text, bigint[], integer) from public;
