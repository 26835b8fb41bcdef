-- Several processes on one database: whether the broker has an instance of a run, and who is about to start one. A migration that
-- was broken off is done again.
alter table run add column if not exists started boolean default true not null;
alter table run add column if not exists claimed_by varchar(40);
alter table run add column if not exists claimed_at timestamp(6) with time zone;
update run set started = false where finished = false
    and (select count(*) from event where event.run = run.id and event.kind = 'RUN_STARTED')
        <= (select count(*) from event where event.run = run.id and event.kind = 'RUN_RESUMED');
create index if not exists run_to_start on run (started, finished);
-- Answers that the run has not taken.
create index if not exists task_to_take on task (taken, state);
