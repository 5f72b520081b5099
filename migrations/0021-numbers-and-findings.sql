-- What becomes of a number after its line: its history, and what is found of a line that should be silent. Clients of the API.

select set_config('signoff.brand', '*', true);

-- A line that ended keeps its row; its number may have another line then.
alter table lines drop constraint lines_brand_msisdn_index_key;
create unique index one_living_line_per_number on lines (brand, msisdn_index) where status <> 'cancelled';
create index lines_of_number on lines (brand, msisdn_index);
alter table lines add column assigned_at timestamptz;   -- since when the subscriber has the number, where the operator's systems say it

-- A number from being given to somebody until it is back in the pool. The next turn begins when the one before was returned,
-- and nothing returns before its day: the keys and checks hold it, whoever writes.
create table number_tenures (
  brand text not null,
  number_index bytea not null,
  turn int not null check (turn >= 1),
  kind text not null,
  line_id uuid references lines on delete set null,      -- absent: given out, and no line of it is known here yet
  cancellation_id uuid references cancellations on delete set null,
  assigned_at timestamptz not null,
  disconnected_at timestamptz,
  numbers_of text,                  -- whose numbering plan it is of, by the policy
  number_sealed bytea,              -- E.164, from the disconnect on; under the operator's own key for numbers
  free_from date,                   -- in the brand's zone, and the instant at which that day begins
  free_at timestamptz,
  return_by timestamptz,            -- it may rest no longer; absent where no law says so
  returned_at timestamptz,
  recalled_at timestamptz,          -- went back from resting to whoever had it
  overdue_told_at timestamptz,
  previous_turn int constraint number_turns_follow check (previous_turn is not distinct from nullif(turn - 1, 0)),
  previous_returned_at timestamptz,
  primary key (brand, number_index, turn),
  unique (brand, number_index, turn, returned_at),
  constraint number_comes_from_the_pool foreign key (brand, number_index, previous_turn, previous_returned_at) references number_tenures (brand, number_index, turn, returned_at),
  constraint number_rests_until_returned check (turn = 1 or (previous_returned_at is not null and assigned_at >= previous_returned_at)),
  constraint number_returns_on_its_day check (returned_at is null or (free_at is not null and returned_at >= free_at)),
  constraint number_rests_from_disconnect check (num_nulls(disconnected_at, free_from, free_at) in (0, 3) and free_at >= disconnected_at and return_by >= free_at and disconnected_at >= assigned_at)
);
create index number_tenures_to_return on number_tenures (free_at) where returned_at is null and disconnected_at is not null;
create index number_tenures_by_disconnect on number_tenures (disconnected_at) where disconnected_at is not null;
create index number_tenures_of_case on number_tenures (cancellation_id) where cancellation_id is not null;
create index number_tenures_of_line on number_tenures (line_id) where line_id is not null;

-- Every line has its number from its first moment; what may not be is refused by the constraints above.
create function line_takes_number() returns trigger language plpgsql as $$
declare
  last number_tenures;
begin
  select * into last from number_tenures where brand = new.brand and number_index = new.msisdn_index order by turn desc limit 1 for update;
  if last.turn is not null and last.disconnected_at is null and last.line_id is null then
    update number_tenures set line_id = new.id, kind = new.kind where brand = last.brand and number_index = last.number_index and turn = last.turn;
  else
    insert into number_tenures (brand, number_index, turn, kind, line_id, assigned_at, previous_turn, previous_returned_at)
    values (new.brand, new.msisdn_index, coalesce(last.turn, 0) + 1, new.kind, new.id, coalesce(new.assigned_at, signoff_now()), last.turn, last.returned_at);
  end if;
  return null;
end $$;
create trigger lines_take_number after insert on lines for each row when (new.status <> 'cancelled') execute function line_takes_number();

insert into number_tenures (brand, number_index, turn, kind, line_id, cancellation_id, assigned_at, disconnected_at, free_from, free_at)
select l.brand, l.msisdn_index, 1, l.kind, l.id, q.cancellation_id, least(signoff_now(), q.quarantined_at), q.quarantined_at, q.free_from, greatest(q.free_from, q.quarantined_at)
from lines l left join lateral (select distinct on (brand, number_index) q.* from quarantined_numbers q join cancellations c on c.id = q.cancellation_id where c.line_id = l.id
  order by brand, number_index, quarantined_at desc) q on true;
drop table quarantined_numbers;

-- A cancelled line that was found not to be silent, until a later look finds it so.
create table findings (
  id uuid primary key,
  brand text not null,
  cancellation_id uuid not null references cancellations,
  what text not null check (what in ('still-reachable', 'still-attached', 'still-billed', 'bill-after-end', 'service-runs')),
  owed_minor bigint,
  currency text,
  found_at timestamptz not null,
  seen_at timestamptz not null,     -- the last time
  mends int not null default 0,
  mend_ordered_at timestamptz,
  mended_at timestamptz
);
create unique index one_open_finding_of_a_kind on findings (cancellation_id, what) where mended_at is null;
create index cancellations_by_end on cancellations (brand, ended_at, id) where state in ('cancelled', 'erased');
create index findings_of_brand on findings (brand, mended_at, found_at);

-- One look at everything that ended, at a time; one whose process died is over when its lease is.
create table reconciliations (
  id uuid primary key,
  brand text not null,
  started_at timestamptz not null,
  lease_until timestamptz not null,
  ended_at timestamptz,
  lines int not null default 0,
  unread int not null default 0     -- did not answer, so nothing is claimed of them
);
create unique index one_reconciliation_at_a_time on reconciliations (brand) where ended_at is null;

-- Who may ask the API for a brand. The token is shown once, when it is made.
create table api_clients (
  id uuid primary key,
  brand text not null,
  name text not null,
  scopes text[] not null,
  token_hash bytea not null unique,
  created_at timestamptz not null,
  revoked_at timestamptz
);
create unique index api_clients_by_name on api_clients (brand, name) where revoked_at is null;
