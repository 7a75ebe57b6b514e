-- One limit for all that send to an endpoint: who they are, who leads, and the plan. Nothing of it outlives a crash of the database.

-- One row a participant: a job, run by a process.
create unlogged table eod.endpoint_share (
    endpoint   text not null,
    worker     integer not null,               -- see eod.worker
    job_id     integer not null,
    seen_at    timestamptz not null,           -- its last exchange, on the database's clock
    is_bounded boolean not null,               -- has bounds of its own, and so finds no limit above them
    has_work   boolean not null,
    report     jsonb not null,
    attempts   bytea not null,                 -- of the last seconds
    primary key (endpoint, worker, job_id)
);

-- Who leads an endpoint: its controller decides for all, and its plan says who may send when.
create unlogged table eod.endpoint_lead (
    endpoint    text primary key,
    worker      integer not null,
    job_id      integer not null,
    leads_until timestamptz not null,          -- on the database's clock
    plan        jsonb
);

-- One exchange: a participant tells of itself and hears who leads and what the plan is; the one that leads, what the others told.
-- Instants are ticks of 100 ns since 1970.
create function eod.exchange_share(
    of_endpoint text, of_worker integer, of_job integer, bounded boolean, working boolean, its_report jsonb, its_attempts bytea,
    its_plan jsonb, may_lead boolean, resigns boolean, news text, lease interval, silence interval)
returns table (
    at bigint, leader integer, leader_job integer, until bigint, known_plan jsonb, others jsonb, others_attempts bytea[])
language plpgsql as $$
declare
    moment  timestamptz := clock_timestamp();
    led     eod.endpoint_lead;
    is_mine boolean;
    is_free boolean;
begin
    insert into eod.endpoint_share (endpoint, worker, job_id, seen_at, is_bounded, has_work, report, attempts)
    values (of_endpoint, of_worker, of_job, moment, bounded, working, its_report, its_attempts)
    on conflict (endpoint, worker, job_id) do update set
        seen_at = excluded.seen_at, is_bounded = excluded.is_bounded, has_work = excluded.has_work, report = excluded.report,
        attempts = excluded.attempts;

    select * into led from eod.endpoint_lead l where l.endpoint = of_endpoint;
    is_mine := coalesce(led.worker = of_worker and led.job_id = of_job, false);
    is_free := led.endpoint is null or led.leads_until < moment
        or (moment - (led.leads_until - lease) > silence and not eod.worker_lives(led.worker));
    if is_mine and resigns then
        update eod.endpoint_lead l set leads_until = moment - lease, plan = coalesce(its_plan, l.plan)
        where l.endpoint = of_endpoint and l.worker = of_worker and l.job_id = of_job returning * into led;
    elsif is_mine or (may_lead and is_free and not (bounded and exists (
        select from eod.endpoint_share s
        where s.endpoint = of_endpoint and not s.is_bounded and s.has_work and moment - s.seen_at < lease)))
    then
        insert into eod.endpoint_lead as l (endpoint, worker, job_id, leads_until, plan)
        values (of_endpoint, of_worker, of_job, moment + lease, its_plan)
        on conflict (endpoint) do update set
            worker = excluded.worker, job_id = excluded.job_id, leads_until = excluded.leads_until,
            plan = coalesce(excluded.plan, l.plan)
        where l.leads_until is not distinct from led.leads_until;
        select * into led from eod.endpoint_lead l where l.endpoint = of_endpoint;
    end if;

    is_mine := coalesce(led.worker = of_worker and led.job_id = of_job and led.leads_until >= moment, false);
    if is_mine then
        delete from eod.endpoint_share s where s.endpoint = of_endpoint and moment - s.seen_at > interval '1 minute';
    end if;

    if news is not null then
        perform pg_notify(eod.share_channel(of_endpoint), concat_ws('/', of_worker, of_job, news));
    end if;

    return query select
        eod.ticks(moment),
        case when led.leads_until >= moment then led.worker end,
        case when led.leads_until >= moment then led.job_id end,
        eod.ticks(led.leads_until), led.plan, shares.others, shares.attempts
    from (
        select
            jsonb_agg(jsonb_build_object(
                'worker', s.worker, 'job', s.job_id, 'seenAt', eod.ticks(s.seen_at),
                'lives', moment - s.seen_at < silence or eod.worker_lives(s.worker), 'report', s.report)
                order by s.worker, s.job_id) as others,
            array_agg(s.attempts order by s.worker, s.job_id) as attempts
        from eod.endpoint_share s
        where is_mine and s.endpoint = of_endpoint and (s.worker, s.job_id) <> (of_worker, of_job)
            and moment - s.seen_at < interval '3 seconds'
    ) as shares;
end
$$;

-- A participant has ended.
create function eod.leave_share(of_endpoint text, of_worker integer, of_job integer) returns void language plpgsql as $$
begin
    delete from eod.endpoint_share s where s.endpoint = of_endpoint and s.worker = of_worker and s.job_id = of_job;
    update eod.endpoint_lead l set leads_until = clock_timestamp() - interval '1 minute'
    where l.endpoint = of_endpoint and l.worker = of_worker and l.job_id = of_job;
    perform pg_notify(eod.share_channel(of_endpoint), concat_ws('/', of_worker, of_job, case when found then 'Plan' else 'Report' end));
end
$$;

create function eod.listen_to_share(of_endpoint text) returns void language plpgsql as $$
begin
    execute format('listen %I', eod.share_channel(of_endpoint));
end
$$;

create function eod.share_channel(of_endpoint text) returns text language sql immutable as $$
    select 'eod_share_' || md5(of_endpoint)
$$;

create function eod.ticks(instant timestamptz) returns bigint language sql stable as $$
    select (extract(epoch from instant) * 10000000)::bigint
$$;
