-- Many lines ended by order of the operator: the order, its file until it is read, a verdict for every line of it.

alter table cancellations drop constraint cancellations_channel_check;
alter table cancellations add constraint cancellations_channel_check check (channel in ('web', 'phone', 'chat', 'post', 'bulk', 'api'));
create index if not exists lines_by_billing_ref on lines (brand, billing_ref);

create table bulk_orders (
  id uuid primary key,
  brand text not null,
  channel text not null check (channel in ('bulk', 'api')),
  state text not null check (state in ('reading', 'checking', 'checked', 'released', 'paused', 'stopped', 'done')),
  form jsonb not null,              -- how its lines are read: CSV with these columns, or NDJSON
  lines int not null default 0,     -- of the file, its head apart
  parts int not null default 0,
  parts_read int not null default 0,
  counts jsonb not null default '{}', -- by verdict
  eligible int not null default 0,  -- found so in the dry run
  opened int not null default 0,    -- of those, how many have their case
  dropped int not null default 0,   -- of those, how many could not be cancelled any more when their turn came
  chain int not null default 0,     -- the job that may carry it on; an older one does nothing
  uploaded_by text not null,        -- `staff:<id>` or `client:<id>`
  uploaded_at timestamptz not null,
  checked_at timestamptz,
  released_by text,
  released_at timestamptz,
  running_since timestamptz,        -- since the release, or the last resumption
  opened_before int not null default 0, -- how many had their case then
  stopped_by text,
  ended_at timestamptz,
  check (released_by <> uploaded_by)
);
create index bulk_orders_of_brand on bulk_orders (brand, uploaded_at);

-- Whole lines of the file, sealed under the operator's own key for this; gone when they were read.
create table bulk_parts (
  order_id uuid not null references bulk_orders on delete cascade,
  part int not null,
  brand text not null,
  from_line int not null,
  file_sealed bytea not null,
  primary key (order_id, part)
);

create table bulk_rows (
  order_id uuid not null references bulk_orders on delete cascade,
  line_no int not null,             -- in the file
  brand text not null,
  line_id uuid references lines on delete set null,
  reason text,
  ends_on date,
  verdict text not null check (verdict in ('eligible', 'refused')),
  why text,                         -- of a refusal; a closed list in code
  detail text,                      -- what its words are filled with: a rule of the policy, the line before, a day
  pack_version text,
  cancellation_id uuid references cancellations,
  primary key (order_id, line_no),
  check ((verdict = 'refused') = (why is not null))
);
create unique index one_row_a_line_in_bulk on bulk_rows (order_id, line_id) where verdict = 'eligible';
create index bulk_rows_to_open on bulk_rows (order_id, line_no) where verdict = 'eligible' and cancellation_id is null;
create index bulk_rows_by_why on bulk_rows (order_id, why, line_no);
create index bulk_rows_of_case on bulk_rows (cancellation_id) where cancellation_id is not null;

-- When the next one may go: one row a brand, and one a connector under brand `*`, which all brands share.
create table bulk_paces (
  brand text not null,
  name text not null,
  next_at timestamptz not null,
  primary key (brand, name)
);
