-- What somebody declared without signing in, where the law lets anybody (§ 312k BGB; Directive 2011/83/EU art. 11a).
-- Receipt is an act of its own: the row stands before anyone knows whether the number in it is of a line.
create table statements (
  id uuid primary key,
  brand text not null,
  kind text not null check (kind in ('cancellation', 'withdrawal')),
  reference text not null unique,    -- like an application's number; that of the case that it opens
  law text not null,                 -- `de@2025-01-01`: the version of the jurisdiction that demands the entry
  entry text not null,
  language text not null,
  sealed bytea not null,             -- what was declared, and by whom; under a key of the statement's own
  received_at timestamptz not null,
  line_id uuid references lines,
  cancellation_id uuid references cancellations,
  handled_at timestamptz,            -- somebody of the desk dealt with it
  handled_by uuid references staff
);
create index statements_to_handle on statements (brand, received_at) where cancellation_id is null and handled_at is null;
create index statements_of_case on statements (cancellation_id) where cancellation_id is not null;

-- Its confirmation goes to whoever declared it: to no subscriber that anybody knows of.
alter table notices alter column subscriber_id drop not null;
alter table notices add column statement_id uuid references statements;
alter table notices add constraint notices_to_one check ((subscriber_id is null) <> (statement_id is null));
