-- Who stands behind a cancellation: proofs at sending, the mailed confirmation, four eyes.

-- What was shown at cancelling, beyond the sign-in. It holds for one application, in one session, for ten minutes.
create table proofs (
  brand text not null,
  cancellation_id uuid not null references cancellations on delete cascade, -- of a draft that is thrown away nothing stays
  session_id uuid not null,
  proof text not null check (proof in ('contact-code', 'document', 'security-question')),
  proven_at timestamptz not null,
  code_id uuid,                      -- the one-time code, for whoever sends its form twice
  from_session uuid,                 -- the session that it ended
  primary key (cancellation_id, session_id, proof)
);

create table security_answers (
  subscriber_id uuid primary key references subscribers,
  brand text not null,
  question text not null,            -- which one, of a fixed list
  hash text not null,                -- PHC string, argon2id
  set_at timestamptz not null
);

-- The time within which the subscriber confirms; `round` 2 is the one that some brands ask for later again.
create table confirmations (
  cancellation_id uuid not null references cancellations,
  round int not null check (round in (1, 2)),
  brand text not null,
  opens_at timestamptz not null,
  until timestamptz not null,
  confirmed_at timestamptz,
  primary key (cancellation_id, round)
);

-- Only the hash of a link's token: a copy of this table confirms nothing.
create table confirmation_links (
  token_hash bytea primary key,
  brand text not null,
  cancellation_id uuid not null,
  round int not null,
  made_at timestamptz not null,
  foreign key (cancellation_id, round) references confirmations
);
create index confirmation_links_of_case on confirmation_links (cancellation_id);

-- Of cases that two people decide on. An approval is of what its giver saw: it counts at that version and no other.
create table approvals (
  cancellation_id uuid not null references cancellations,
  version int not null,
  staff_id uuid not null references staff,
  brand text not null,
  at timestamptz not null,
  primary key (cancellation_id, version, staff_id)
);
