-- Whose an item is and when it was left, so that its owner can look at what runs remember, and let them forget.
alter table memory add column if not exists tenant varchar(200) default 'default' not null;
alter table memory add column if not exists workflow varchar(200) default '' not null;
alter table memory add column if not exists name varchar(200) default '' not null;
alter table memory add column if not exists at timestamp(6) with time zone;
update memory set
    tenant = (select r.tenant from run r where r.id = memory.run),
    workflow = (select r.workflow from run r where r.id = memory.run),
    -- a scope ends with the workflow, a slash and the memory
    name = regexp_replace(scope, '^.*/', ''),
    at = coalesce(
        (select max(e.at) from event e where e.run = memory.run and e.element = memory.element
            and e.iteration = memory.iteration and e.kind in ('OUTPUT', 'TOLD')),
        (select r.created_at from run r where r.id = memory.run));
alter table memory alter column at set not null;
create index if not exists memory_owner on memory (tenant, workflow, name, id desc);
