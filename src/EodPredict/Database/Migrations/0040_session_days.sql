-- What session dates that are over cost, added up once: it never changes again, and there are as many dates as years go by.
create table eod.session_day (
    dataset      text not null,
    session_date date not null,
    sessions     bigint not null,
    found        bigint not null,
    gets         bigint not null,
    cron_gets    bigint not null,              -- those of a cron every 30 minutes until each was found
    width_median double precision,             -- minutes between "not yet" and "there"; null: none was found
    width_90     double precision,
    primary key (dataset, session_date)
);

-- A date is over when nothing of it is open nor read again; where a session of it is opened after all, it is added up anew.
create function eod.forget_session_day() returns trigger language plpgsql as $$
begin
    delete from eod.session_day d using opened o where d.dataset = o.dataset and d.session_date = o.session_date;
    return null;
end
$$;

create trigger opened_after_all after insert on eod.session
    referencing new table as opened for each statement execute function eod.forget_session_day();
