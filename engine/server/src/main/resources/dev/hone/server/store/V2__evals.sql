-- Evaluations that were asked for. A node that works on one says so again and again; when it does not, another one goes on.
create table eval_job (
    id varchar(40) not null primary key,
    tenant varchar(200) not null,
    workflow varchar(200) not null,
    version int not null,
    -- what was asked for, as JSON
    request text not null,
    -- QUEUED, RUNNING, DONE, FAILED or CANCELLED
    state varchar(10) not null,
    -- counts how often it was begun or resumed, from 1
    round int not null,
    -- how far it is, as JSON; null before it begins
    progress text,
    -- why it failed, a JSON list of problems
    problems text,
    -- the measurements, as the command writes them
    measured text,
    created_by varchar(200) not null,
    created_at timestamp(6) with time zone not null,
    ended_at timestamp(6) with time zone,
    -- who works on it, and until when that is sure
    node varchar(40),
    lease_until timestamp(6) with time zone
);
create index eval_job_tenant on eval_job (tenant, created_at desc, id desc);
create index eval_job_open on eval_job (state, created_at);
