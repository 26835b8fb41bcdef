create table ledger (
    id varchar(36) not null primary key
);
insert into ledger (id) values (random_uuid());

create table program (
    hash varchar(64) not null primary key,
    name varchar(200) not null,
    file varchar(1000) not null,
    text text not null
);

create table run (
    id varchar(40) not null primary key,
    workflow varchar(200) not null,
    program varchar(64) not null references program (hash),
    setup text not null,
    created_at timestamp(6) with time zone not null,
    finished boolean not null
);
create index run_unfinished on run (finished, created_at);

create table event (
    run varchar(40) not null references run (id),
    seq bigint not null,
    element varchar(200) not null,
    iteration varchar(1000) not null,
    attempt int not null,
    kind varchar(20) not null,
    at timestamp(6) with time zone not null,
    body text not null,
    primary key (run, seq),
    constraint event_once unique (run, element, iteration, attempt, kind)
);

create table spend (
    run varchar(40) not null references run (id),
    element varchar(200) not null,
    iteration varchar(1000) not null,
    attempt int not null,
    settled boolean not null,
    calls bigint not null,
    input_tokens bigint not null,
    output_tokens bigint not null,
    micro_usd bigint not null,
    primary key (run, element, iteration, attempt)
);
