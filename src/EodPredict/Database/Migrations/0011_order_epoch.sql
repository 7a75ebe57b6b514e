-- The guard: nothing is given out before the epoch is known to be good.

-- The clock of the fence. A function, so that a rehearsal can set it back.
create function eod.order_clock() returns timestamptz language sql volatile as 'select clock_timestamp()';

-- The last single id and the last block that have been passed by, given out or not.
create function eod.order_position(authority text, out order_id bigint, out block bigint) language sql volatile as $$
    select case when authority = 'counter' then (select next_value - 1 from eod.order_counter where name = 'order')
                else (select case when is_called then last_value else last_value - 1 end from eod.order_id_seq) end,
           case when authority = 'counter' then (select next_value - 1 from eod.order_counter where name = 'block')
                else (select case when is_called then last_value else last_value - 1 end from eod.order_block_seq) end
$$;

-- Opens an epoch where there is no good one, and returns the epoch. Ids move up, never down: to the clock's place, which lies above all
-- that a past that this database has lost can have given out, as long as that was fewer than 512 single ids and 2 blocks a millisecond.
-- Where the clock is behind the ids (set back, or more ids than that), a database that has only crashed or restarted has lost none of them
-- and goes on a step above; a promoted, restored or cloned one may have, and gives out nothing until the clock has caught up.
create function eod.fence_orders() returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    here          constant oid := (select d.oid from pg_database d where d.datname = current_database());
    now_at        constant timestamptz := eod.order_clock();
    milliseconds  constant bigint := floor(extract(epoch from now_at - timestamptz '2024-01-01 00:00+00') * 1000);
    kind          text;
    good          bigint;
    passed        record;
    high_order_id bigint;
    high_block    bigint;
    behind        bigint;                          -- of the clock, in milliseconds
    last          eod.order_epoch;
    opened        eod.order_epoch;
begin
    -- Reading this row keeps eod.use_order_authority out until the transaction ends.
    select a.authority into strict kind from eod.order_authority a;
    perform pg_advisory_xact_lock(7303780, 1);     -- 'ord' in ASCII
    select f.epoch into good from eod.order_fence f where f.database = here and f.server_started_at = pg_postmaster_start_time();
    if found then
        return good;
    end if;

    if now_at not between timestamptz '2026-01-01 00:00+00' and timestamptz '2120-01-01 00:00+00' then
        raise exception using errcode = 'OR004',
            message = format('No order ids are given out: the database server''s clock says %s.', now_at),
            hint = 'Set the clock right. Which ids are safe after a crash, a failover or a restore depends on it.';
    end if;

    -- What the epoch before has passed is told by the authority that served it.
    select e.* into last from eod.order_epoch e order by e.epoch desc limit 1;
    select p.* into passed from eod.order_position(coalesce(last.authority, kind)) p;
    select greatest(passed.order_id, (select last_value from eod.order_id_seq),
                    (select max(o.order_id) from eod.orders o where o.order_id < 2251799813685248),
                    (select c.next_value from eod.order_counter c where c.name = 'order')),
           greatest(passed.block, (select last_value from eod.order_block_seq),
                    (select max(l.last_block) from eod.order_lease l),
                    (select c.next_value from eod.order_counter c where c.name = 'block'))
      into high_order_id, high_block;

    select c.system_identifier into opened.system_identifier from pg_control_system() c;
    opened.timeline := ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::bigint;
    behind := greatest(high_order_id / 512, high_block / 2) - milliseconds;
    if behind < 0 then
        opened.first_order_id := milliseconds * 512;
        opened.first_block := milliseconds * 2;
    elsif (last.system_identifier, last.database, last.timeline) is distinct from (opened.system_identifier, here, opened.timeline) then
        raise exception using errcode = 'OR004',
            message = format('No order ids are given out: this database is a copy, and its clock (%s) is behind the last ids.', now_at),
            hint = format('Set the clock right, or wait until it is %s ms later.', behind + 1);
    else
        opened.first_order_id := high_order_id + 65536;
        opened.first_block := high_block + 64;
    end if;

    opened.epoch := greatest(milliseconds, (select coalesce(max(e.epoch), 0) + 1 from eod.order_epoch e));
    if opened.first_order_id > 2251799813685247 or opened.first_block > 6597069766655 then
        raise exception using errcode = 'OR004', message = 'No order ids are given out: the id space is used up.';
    end if;

    -- Not setval: a caller that rolls back takes this back too, so what was passed stays known. Nobody else takes ids until it commits.
    execute format('alter sequence eod.order_id_seq restart with %s', opened.first_order_id);
    execute format('alter sequence eod.order_block_seq restart with %s', opened.first_block);
    update eod.order_counter
       set next_value = case name when 'order' then opened.first_order_id else opened.first_block end;
    insert into eod.order_epoch
        (epoch, opened_at, authority, system_identifier, database, timeline, server_started_at,
         previous_order_id, previous_block, first_order_id, first_block)
    values (opened.epoch, now_at, kind, opened.system_identifier, here, opened.timeline, pg_postmaster_start_time(),
            passed.order_id, passed.block, opened.first_order_id, opened.first_block);
    delete from eod.order_fence;
    -- At repeatable read, one that another caller has just made is not seen: this then fails with 40001, to be tried again.
    insert into eod.order_fence values (here, pg_postmaster_start_time(), opened.epoch) on conflict do nothing;
    return opened.epoch;
end $$;

-- What every function that gives out ids asks first: the good epoch, opened where there is none, and where ids come from. A commit that
-- does not wait for the disk would give out ids that a crash takes back, so this transaction's will wait whatever the session had set.
create function eod.enter_orders(out epoch bigint, out authority text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if current_setting('synchronous_commit') in ('off', 'local', 'remote_write') then
        perform set_config('synchronous_commit', 'on', true);
    end if;

    -- Reading this row keeps eod.use_order_authority out until the transaction ends.
    select a.authority into strict authority from eod.order_authority a;
    select f.epoch into epoch from eod.order_fence f
     where f.server_started_at = pg_postmaster_start_time()
       and f.database = (select d.oid from pg_database d where d.datname = current_database());
    if epoch is null then
        epoch := eod.fence_orders();
    end if;
end $$;

-- Chooses where ids come from. Waits for everybody who is taking ids, and opens an epoch.
create function eod.use_order_authority(chosen text) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    lock table eod.order_authority in access exclusive mode;
    update eod.order_authority set authority = chosen where authority <> chosen;
    if found then
        delete from eod.order_fence;
    end if;

    return eod.fence_orders();
end $$;

-- Which database this is, for clients that hold leases: a change of any of the three says that they have to ask for them again.
create function eod.order_identity(out system_identifier bigint, out database oid, out epoch bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    select c.system_identifier into system_identifier from pg_control_system() c;
    select d.oid into database from pg_database d where d.datname = current_database();
    select e.epoch into epoch from eod.enter_orders() e;
end $$;
