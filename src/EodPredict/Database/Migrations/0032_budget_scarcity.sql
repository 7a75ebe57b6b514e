-- What a GET costs beyond its price because a day's budget is short, reckoned by whichever process next plans a check.
alter table eod.get_budget add column scarcity double precision not null default 0;
alter table eod.get_budget add column priced_at timestamptz;  -- the service's clock; null: not yet
