-- What was spent, and what is set aside, on a day of UTC: of all runs (the tenant '') and of each tenant's.
create table account (
    tenant varchar(200) not null,
    on_day date not null,
    calls bigint not null,
    tokens bigint not null,
    micro_usd bigint not null,
    primary key (tenant, on_day)
);
-- The account that a reservation was made from; none for a replay.
alter table spend add column tenant varchar(200);
alter table spend add column on_day date;
