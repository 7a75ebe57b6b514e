-- A mark outside the database, for one that is dropped and made anew where the clock has been set back. What the dropped one gave out is
-- forgotten with it, so where its last epoch began is kept with the role eod_script, which belongs to the cluster, under the database's
-- name. A new database of the name gives out nothing while its clock is not past that.
create function eod.mark_epoch() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    mark_name constant text := 'orders_' || left(md5(current_database()), 16);
    mark      text[];
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

    begin
        -- Two databases of the cluster that change the role at the same moment would refuse each other.
        lock table pg_db_role_setting in share row exclusive mode;
        execute format('alter role eod_script set eod.%I = %L', mark_name,
            format('%s:%s', greatest(new.first_order_id, mark[1]::bigint), greatest(new.first_block, mark[2]::bigint)));
    exception
        when insufficient_privilege or undefined_object then null;  -- docs/orders.md says what is then not covered
    end;
    return new;
end $$;
revoke execute on function eod.mark_epoch() from public;

create trigger marked before insert on eod.order_epoch for each row execute function eod.mark_epoch();
