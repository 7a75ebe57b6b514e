-- Which plan of the job engine carries which job, for engines that cannot find a job by a key of ours.
create table eod.planned_job (
    kind          text not null,
    id            text not null,
    engine_job_id text not null,
    primary key (kind, id)
);
