-- The case, its line, its steps, its journal. Everything carries its brand; row-level security holds the boundary
-- even where a query forgets it: without `signoff.brand` set in the transaction, nothing is seen.
-- Placeholders between @ signs are filled from the tables in code (src/store/migrate.ts).

create table subscribers (
  id uuid primary key,
  brand text not null,
  language text not null default 'zh-CN',
  region text not null,
  sealed bytea not null,            -- name, e-mail, contact phone; under the subscriber's own key
  created_at timestamptz not null
);

create table lines (
  id uuid primary key,
  brand text not null,
  subscriber_id uuid not null references subscribers,
  kind text not null,
  carrier text not null,
  billing_ref text not null,
  in_home_register boolean not null,
  sealed bytea not null,            -- msisdn, imsi, iccid, eid, matching id
  msisdn_index bytea not null,      -- keyed blind index
  status text not null default 'active' check (status in ('active', 'barred', 'cancelled')),
  frozen boolean not null default false,
  credit_minor bigint not null default 0,
  currency text not null,
  anomaly text,
  contacts int not null default 0,
  messages int not null default 0,
  calls int not null default 0,
  data_taken_at timestamptz,
  unique (brand, msisdn_index)
);
create index lines_of_subscriber on lines (subscriber_id);

create table bills (
  id uuid primary key,
  brand text not null,
  line_id uuid not null references lines,
  amount_minor bigint not null check (amount_minor > 0),
  due_on date not null,
  payment_intended_at timestamptz,   -- committed before billing is called
  paid_at timestamptz
);
create index bills_unpaid on bills (line_id) where paid_at is null;

create table devices (
  id uuid primary key,
  brand text not null,
  line_id uuid not null references lines,
  sealed bytea not null,            -- name, IMEI
  bound boolean not null default true
);
create index devices_of_line on devices (line_id);

create table stored_records (
  id uuid primary key,
  brand text not null,
  line_id uuid not null references lines,
  kind text not null check (kind in ('contact', 'message', 'call')),
  sealed bytea not null
);
create index stored_records_of_line on stored_records (line_id);

create table cancellations (
  id uuid primary key,
  brand text not null,
  subscriber_id uuid not null references subscribers,
  line_id uuid not null references lines,
  application_number text unique,
  state text not null check (state in (@states@)),
  version int not null default 0,
  pack_version text not null,
  region text not null,
  channel text not null check (channel in ('web', 'phone', 'chat', 'post', 'api')),
  reason text,
  sealed_form bytea,                -- what the subscriber filled in
  plan jsonb,                       -- the preview that was accepted, free of personal data
  opened_at timestamptz not null,
  received_at timestamptz,
  due_at timestamptz,               -- review must be over by then; paused while waiting
  due_because jsonb,
  waiting_since timestamptz,
  asked jsonb,                      -- what the reviewer asked for
  refused_because text,
  effective_at timestamptz,         -- the point of no return
  ended_at timestamptz,             -- cancelled, withdrawn, refused, lapsed
  fence bigint not null default 0,
  lease_until timestamptz,
  changed_at timestamptz not null
);
create unique index one_open_case_per_line on cancellations (line_id) where state in (@open-states@);
create index cancellations_of_subscriber on cancellations (subscriber_id);
create index cancellations_by_due_date on cancellations (brand, due_at) where state in ('reviewing', 'waiting');

create table steps (
  cancellation_id uuid not null references cancellations,
  name text not null,
  brand text not null,
  ordinal int not null,
  after text[] not null,
  phase text not null check (phase in ('recoverable', 'final', 'undo')),
  state text not null default 'waiting' check (state in ('waiting', 'intended', 'done', 'refused', 'stalled', 'not-wanted', 'undone')),
  attempts int not null default 0,
  intent_key text,
  intended_at timestamptz,
  not_before timestamptz,
  first_tried_at timestamptz,
  done_at timestamptz,
  outcome jsonb,                    -- free of personal data
  primary key (cancellation_id, name)
);

create table documents (
  id uuid primary key,
  brand text not null,
  subscriber_id uuid not null references subscribers,
  cancellation_id uuid not null references cancellations,
  purpose text not null check (purpose in ('identity', 'supplement')),
  content_type text not null,
  bytes int not null,
  sealed bytea not null,
  stored_at timestamptz not null
);
create index documents_of_case on documents (cancellation_id);

-- Append-only by trigger and grant, hash-chained per case, free of personal data.
create table journal (
  cancellation_id uuid not null references cancellations,
  entry int not null,
  brand text not null,
  at timestamptz not null,
  event text not null,
  actor text not null,
  facts jsonb not null,
  previous bytea not null,
  hash bytea not null,
  primary key (cancellation_id, entry)
);
create function journal_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the journal is append-only';
end $$;
create trigger journal_no_change before update or delete on journal for each row execute function journal_is_append_only();
create trigger journal_no_truncate before truncate on journal for each statement execute function journal_is_append_only();

create table certificates (
  cancellation_id uuid primary key references cancellations,
  brand text not null,
  statement text not null,          -- compact JWS
  issued_at timestamptz not null
);

create table quarantined_numbers (
  brand text not null,
  number_index bytea not null,
  cancellation_id uuid not null references cancellations,
  quarantined_at timestamptz not null,
  free_from date not null,
  primary key (brand, number_index, cancellation_id)
);

create table case_messages (
  id uuid primary key,
  brand text not null,
  cancellation_id uuid not null references cancellations,
  author text not null check (author in ('subscriber', 'reviewer')),
  sealed bytea not null,
  at timestamptz not null
);
create index case_messages_of_case on case_messages (cancellation_id);

-- How far a driven clock is ahead of real time (behind it, where negative). Empty in production, where starting with a row here is refused.
create table clock_ahead (
  one boolean primary key default true check (one),
  milliseconds bigint not null
);
