-- Items are taken in blocks of neighbours: taking one, and storing what was fetched, writes nothing to its row. Several processes may work
-- on one job, each on blocks of its own.

alter type eod.scrape_state add value 'again';  -- it had failed, and is tried once more

-- Items of a job that have not all ended.
create table eod.scrape_block (
    block_id   bigint generated always as identity primary key,
    job_id     integer not null references eod.scrape_job,
    first_item bigint not null,
    last_item  bigint not null,                -- included
    state      eod.scrape_state not null default 'waiting',  -- of the items that belong to it: not all between the two have to
    is_begun   boolean not null default false, -- whether some of them may have ended
    worker     integer                         -- who has taken it, see eod.scrape_worker; null: nobody
);
create index scrape_block_next on eod.scrape_block (job_id, first_item);

-- A process that works on a job.
create table eod.scrape_worker (
    job_id  integer not null references eod.scrape_job,
    worker  integer not null,                  -- see eod.worker
    seen_at timestamptz not null,              -- its last commit, on the database's clock
    primary key (job_id, worker)
);

insert into eod.scrape_block (job_id, first_item, last_item, is_begun)
select job_id, min(item_id), max(item_id), true from eod.scrape_item where state in ('waiting', 'taken') group by job_id;
update eod.scrape_item set state = 'waiting' where state = 'taken';

-- What is stored stands in eod.scrape_result alone. A reference to the item had each insert look it up, and no item is ever deleted.
drop index eod.scrape_item_open;
alter table eod.scrape_item drop column worker;
alter table eod.scrape_result drop constraint scrape_result_item_id_fkey;
create index scrape_item_failed on eod.scrape_item (job_id) where state = 'failed';

alter table eod.scrape_job
    drop column worker,
    add column ran_at timestamptz;             -- the last commit of any process, on the database's clock
alter table eod.scrape_run add column worker integer;  -- see eod.worker; null in what ran before

-- Whether a process works on a job: it lives, and has committed lately. After a start of the server it may need a moment to come back.
create function eod.scrape_worker_lives(of_job integer, of_worker integer) returns boolean language sql volatile as $$
    select exists (
        select from eod.scrape_worker one where one.job_id = of_job and one.worker = of_worker
            and greatest(one.seen_at, pg_postmaster_start_time()) > clock_timestamp() - interval '15 s'
            and (eod.worker_lives(of_worker) or pg_postmaster_start_time() > clock_timestamp() - interval '5 s'))
$$;

-- Takes the next block that nobody works on, or as much of it as is asked for, and gives its items that have not ended.
create function eod.claim_scrape_items(of_job integer, of_worker integer, most integer)
returns table (block_id bigint, item_id bigint, item text, refusals smallint, faults smallint) language plpgsql as $$
#variable_conflict use_column
declare
    free  eod.scrape_block;
    until bigint;
    taken bigint;
    items bigint;
begin
    loop
        select * into free from eod.scrape_block block
        where block.job_id = of_job
            and (block.worker is null or (block.worker <> of_worker and not eod.scrape_worker_lives(of_job, block.worker)))
        order by block.first_item limit 1 for update skip locked;
        exit when not found;

        free.is_begun := free.is_begun or free.worker is not null;
        until := case when free.state = 'waiting' then least(free.last_item, free.first_item + most - 1) else free.last_item end;
        if until < free.last_item then
            update eod.scrape_block block set first_item = until + 1, worker = null, is_begun = free.is_begun
            where block.block_id = free.block_id;
            insert into eod.scrape_block as block (job_id, first_item, last_item, state, is_begun, worker)
            values (of_job, free.first_item, until, free.state, free.is_begun, of_worker) returning block.block_id into taken;
        else
            taken := free.block_id;
            update eod.scrape_block block set worker = of_worker, is_begun = free.is_begun where block.block_id = taken;
        end if;

        -- By item_id alone: while the table has no statistics the planner would read all of the job's index besides.
        return query
            select taken, i.item_id, i.item, i.refusals, i.faults from eod.scrape_item i
            where i.item_id between free.first_item and until and i.job_id + 0 = of_job and i.state = free.state
                and not (free.is_begun and exists (select from eod.scrape_result result where result.item_id = i.item_id))
            order by i.item_id;
        get diagnostics items = row_count;
        exit when items > 0;
        delete from eod.scrape_block block where block.block_id = taken;
    end loop;
end $$;
