-- Who stands at the door, and the keys under which personal data lies. Tokens, codes, names and addresses are kept
-- only as hashes, so that a copy of these tables signs nobody in and names nobody.

-- The data key of one person (a subscriber, or one of staff), wrapped by the operator's key. No foreign key: the key
-- is there before the first sealed row, and must be able to go alone.
create table subscriber_keys (
  subscriber_id uuid primary key,
  brand text not null,
  wrapped bytea not null,
  created_at timestamptz not null default now()
);

create table sign_in_names (
  brand text not null,
  kind text not null check (kind in ('phone', 'e-mail', 'user-name')),
  index bytea not null,               -- keyed blind index of the normalised name
  subscriber_id uuid not null references subscribers,
  primary key (brand, kind, index)
);
create index sign_in_names_of_subscriber on sign_in_names (subscriber_id);

create table passwords (
  subscriber_id uuid primary key references subscribers,
  brand text not null,
  hash text not null,                 -- PHC string, argon2id
  set_at timestamptz not null
);

create table staff (
  id uuid primary key,
  brand text not null,
  sealed bytea not null,              -- name, e-mail; under their own key
  email_index bytea not null,
  hash text not null,
  roles text[] not null check (roles <@ array['reviewer', 'agent', 'auditor'] and cardinality(roles) > 0),
  created_at timestamptz not null,
  unique (brand, email_index)
);

create table sessions (
  token_hash bytea primary key,       -- SHA-256 of the 256-bit token in the cookie
  id uuid not null unique,            -- names the session where the token must not stand
  brand text not null,
  kind text not null check (kind in ('subscriber', 'staff', 'case')),
  subscriber_id uuid references subscribers,
  staff_id uuid references staff,
  cancellation_id uuid references cancellations,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,    -- absolute; the idle limit is reckoned from last_seen_at
  proven_at timestamptz,              -- when a one-time code last proved the person in this session
  check (num_nonnulls(subscriber_id, staff_id, cancellation_id) = 1),
  check ((kind = 'subscriber') = (subscriber_id is not null) and (kind = 'staff') = (staff_id is not null))
);
create index sessions_of_subscriber on sessions (subscriber_id) where subscriber_id is not null;
create index sessions_of_staff on sessions (staff_id) where staff_id is not null;
create index sessions_of_case on sessions (cancellation_id) where cancellation_id is not null;
create index sessions_by_expiry on sessions (expires_at);

-- A browser that once signed in as this person. It is throttled on its own, so that strangers who guess at the
-- account can't keep its owner out.
create table known_devices (
  token_hash bytea primary key,
  brand text not null,
  person_id uuid not null,
  used_at timestamptz not null
);
create index known_devices_of_person on known_devices (person_id);

create table one_time_codes (
  id uuid primary key,
  brand text not null,
  purpose text not null check (purpose in ('reset', 'status', 'step-up')),
  subject uuid,                       -- a subscriber or a cancellation; null in a decoy for a name that nobody has
  code_hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  tries int not null default 0 check (tries <= 5),
  used_at timestamptz
);
create index one_time_codes_of_subject on one_time_codes (subject, purpose) where used_at is null;
create index one_time_codes_by_expiry on one_time_codes (expires_at);

-- Leaky counters of tries, by what is tried and from where. `key` is a keyed hash.
create table attempts (
  brand text not null,
  bucket text not null,
  key bytea not null,
  weight double precision not null,
  counted_at timestamptz not null,
  not_before timestamptz not null,
  primary key (brand, bucket, key)
);
create index attempts_by_time on attempts (counted_at);
