-- What became of a step that did not simply succeed, and how two people settle what no read can.

-- How often an open intent was read back: its pauses grow with it. `attested`: two people say that it happened.
alter table steps add column reads int not null default 0;
alter table steps add column attested boolean not null default false;

-- Every try but the plain success: what was asked, under which key, what came back. Free of personal data.
create table step_tries (
  cancellation_id uuid not null references cancellations,
  step text not null,
  brand text not null,
  at timestamptz not null,
  undo boolean not null,
  mode text not null check (mode in ('act', 'read', 'attested')),
  intent_key text not null,
  outcome jsonb not null
);
create index step_tries_of_case on step_tries (cancellation_id, step, at);

-- One person says, with evidence, what happened at the other side; another one, who looked at it, agrees or not.
create table resolutions (
  id uuid primary key,
  brand text not null,
  cancellation_id uuid not null references cancellations,
  step text not null,
  verdict text not null check (verdict in ('happened', 'did-not-happen')),
  sealed bytea not null,            -- the evidence in words; under the subscriber's own key
  document_id uuid references documents,
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  agreed boolean,
  check ((decided_at is null) = (agreed is null)),
  check (agreed is not true or decided_by <> proposed_by)
);
create unique index one_open_resolution_per_step on resolutions (cancellation_id, step) where decided_at is null;
