-- The mark of 0026 also where the schema's owner is no superuser but has been given the right, and a way to see that it could not be made.
create or replace function eod.mark_epoch() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    most_tries constant integer := 20;
    mark_name  constant text := 'orders_' || left(md5(current_database()), 16);
    mark       text[];
begin
    select regexp_match(s.value, '=([0-9]+):([0-9]+)$') into mark
      from pg_db_role_setting r, unnest(r.setconfig) s(value)
     where r.setdatabase = 0 and r.setrole = to_regrole('eod_script') and s.value like 'eod.' || mark_name || '=%';
    if (new.first_order_id <= mark[1]::bigint or new.first_block <= mark[2]::bigint)
       and not exists (select from eod.order_epoch e where (e.system_identifier, e.database) = (new.system_identifier, new.database)) then
        raise exception using errcode = 'OR004',
            message = format('No order ids are given out: a database of this name that was dropped did so after what the clock says (%s).',
                new.opened_at),
            hint = format('Set the clock right, or wait until it is %s ms later.',
                greatest((mark[1]::bigint - new.first_order_id) / 512, (mark[2]::bigint - new.first_block) / 2) + 1);
    end if;

    for try in 1 .. most_tries loop
        begin
            -- Two databases of the cluster that change the role at the same moment refuse each other. Who may lock the catalog waits.
            begin
                lock table pg_db_role_setting in share row exclusive mode;
            exception
                when insufficient_privilege then null;
            end;
            execute format('alter role eod_script set eod.%I = %L', mark_name,
                format('%s:%s', greatest(new.first_order_id, mark[1]::bigint), greatest(new.first_block, mark[2]::bigint)));
            exit;
        exception
            when insufficient_privilege or undefined_object then exit;  -- eod.order_mark_fault tells
            when internal_error then
                if try = most_tries then
                    raise;
                end if;
                perform pg_sleep(0.01);
        end;
    end loop;
    return new;
end $$;

-- Why the last epoch is not marked, so that what this database has given out would be forgotten if it were dropped; null where it is.
create function eod.order_mark_fault() returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select case when to_regrole('eod_script') is null then 'there is no role eod_script'
                else format('the user %I, who owns the schema eod, may not set %s at the role eod_script', current_user, mark_name) end
      from (select e.first_order_id, e.first_block from eod.order_epoch e order by e.epoch desc limit 1) last,
           (select 'eod.orders_' || left(md5(current_database()), 16) as mark_name) m
     where not exists (
        select from pg_db_role_setting r, unnest(r.setconfig) s(value), regexp_match(s.value, '=([0-9]+):([0-9]+)$') mark
         where r.setdatabase = 0 and r.setrole = to_regrole('eod_script')
           and s.value like mark_name || '=%'
           and mark[1]::bigint >= last.first_order_id and mark[2]::bigint >= last.first_block)
$$;
revoke execute on function eod.order_mark_fault() from public;
