-- What the pages need between processes.

-- The keys that prove that a button was pressed on a page of this service. They open nothing else.
create table eod.page_key (
    name    text primary key,
    content text not null                      -- XML of ASP.NET's data protection
);
