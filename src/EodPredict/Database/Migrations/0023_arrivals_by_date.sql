-- The days of a dataset are looked at across its tickers.
create index arrival_by_date on eod.arrival (dataset, session_date);
