-- What of the tokens was cached or reasoning, and of how many calls the tokens are estimates or the price is not known.
alter table spend add column cached_tokens bigint default 0 not null;
alter table spend add column reasoning_tokens bigint default 0 not null;
alter table spend add column estimated_calls bigint default 0 not null;
alter table spend add column unpriced_calls bigint default 0 not null;
