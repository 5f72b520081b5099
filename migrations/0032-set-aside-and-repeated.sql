-- Jobs that failed for good: told once, shown at the console, ordered again by somebody.
create table set_aside_jobs (
  id uuid primary key,              -- of the job
  brand text not null,              -- empty where the job named none
  queue text not null,
  data jsonb not null,              -- ids alone, as in the job
  tries int not null,
  at timestamptz not null,
  ordered_at timestamptz,
  ordered_by uuid references staff on delete set null
);
create index set_aside_jobs_open on set_aside_jobs (brand, at) where ordered_at is null;

-- Requests of programs that name themselves (Idempotency-Key): what was answered is answered again. Key and body are kept as keyed hashes.
create table repeated_requests (
  brand text not null,
  client_id uuid not null references api_clients on delete cascade,
  key_mark bytea not null,
  body_mark bytea,                  -- null until the body was read to its end
  made uuid,                        -- what it made, committed together with it
  status int,                       -- null until it is answered
  answer_sealed bytea,
  held_until timestamptz not null,  -- by the database's clock: whoever works on it says again and again that it lives
  begun_at timestamptz not null,
  primary key (brand, client_id, key_mark)
);
