-- The last day of service, where the policy or the subscriber fixed one with the application.
alter table cancellations add column ends_on date;

alter table statements add column belongs_nowhere boolean not null default false; -- so says whoever of the desk looked at it
-- A statement without sign-in that belonged to nothing is destroyed when its law says so, with its key. What is left says that it was:
-- nothing of what was declared, nor by whom.
create table destroyed_statements (
  id uuid primary key,
  brand text not null,
  kind text not null,
  law text not null,                 -- `de@2025-01-01`: as it was received under
  received_at timestamptz not null,
  destroyed_at timestamptz not null,
  because text not null              -- the law whose term was over
);
create function destroyed_statements_stand() returns trigger language plpgsql as $$
begin
  raise exception 'what was destroyed stays on record';
end $$;
create trigger destroyed_statements_stand before update or delete or truncate on destroyed_statements for each statement execute function destroyed_statements_stand();
