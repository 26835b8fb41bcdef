-- What an operator asks for without reading events: whose a run is, in what state, by which labels; tasks, deployments, limits.
-- It follows from the events and setups, and is written with them. A migration that was broken off is done again.
alter table run add column if not exists tenant varchar(200) default 'default' not null;
-- RUNNING, WAITING, PAUSED or FINISHED
alter table run add column if not exists state varchar(10) default 'RUNNING' not null;
alter table run add column if not exists stop varchar(20);
alter table run add column if not exists stop_text varchar(1000);
alter table run add column if not exists ended_at timestamp(6) with time zone;
alter table run add column if not exists replay_of varchar(40);
alter table run add column if not exists fork_of varchar(40);
-- The caller's own name for the request, and the hash of what was asked for.
alter table run add column if not exists request_key varchar(200);
alter table run add column if not exists request varchar(64);
create unique index if not exists run_once on run (tenant, request_key);
create index if not exists run_created on run (created_at desc, id desc);
create index if not exists run_tenant on run (tenant, created_at desc, id desc);
create index if not exists run_workflow on run (tenant, workflow, created_at desc, id desc);
create index if not exists run_state on run (tenant, state, created_at desc, id desc);
create index if not exists run_stop on run (tenant, stop, created_at desc, id desc);

-- Of longer names and values the beginning.
create table if not exists run_label (
    run varchar(40) not null references run (id),
    name varchar(100) not null,
    label varchar(200) not null,
    tenant varchar(200) not null,
    created_at timestamp(6) with time zone not null,
    primary key (run, name)
);
create index if not exists run_label_value on run_label (name, label, created_at desc, run desc);

create table if not exists task (
    run varchar(40) not null references run (id),
    -- the human step, and where in the maps and loops
    step varchar(200) not null,
    iteration varchar(1000) not null,
    tenant varchar(200) not null,
    workflow varchar(200) not null,
    -- OPEN, LATE, ANSWERED, REJECTED, EXPIRED or CLOSED
    state varchar(10) not null,
    -- whether the run has gone on
    taken boolean not null,
    -- the question as its event has it
    question text not null,
    asked_at timestamp(6) with time zone not null,
    until timestamp(6) with time zone,
    claimed_by varchar(200),
    claimed_until timestamp(6) with time zone,
    draft text,
    primary key (run, step, iteration)
);
create index if not exists task_open on task (tenant, state, asked_at, run, step, iteration);
create index if not exists task_all on task (state, asked_at, run, step, iteration);

create table if not exists deployment (
    tenant varchar(200) not null,
    workflow varchar(200) not null,
    version int not null,
    program varchar(64) not null references program (hash),
    deployed_by varchar(200) not null,
    deployed_at timestamp(6) with time zone not null,
    primary key (tenant, workflow, version)
);

alter table promotion add column if not exists tenant varchar(200) default 'default' not null;
alter table promotion drop constraint if exists promotion_once;
create unique index if not exists promotion_once_of_tenant on promotion (tenant, workflow, slot, version);

-- What a tenant may spend on a day, in the place of what the options say; null without a limit.
create table if not exists tenant_limit (
    tenant varchar(200) not null primary key,
    calls bigint,
    tokens bigint,
    micro_usd bigint,
    set_by varchar(200) not null,
    set_at timestamp(6) with time zone not null
);
