-- What the card's side reports of profiles, and what follows from it after a certificate was issued.

-- Keyed blind index: a report names a profile by nothing but its ICCID.
alter table lines add column iccid_index bytea;
create index lines_by_iccid on lines (iccid_index) where iccid_index is not null;

-- Kept apart by what they say: a report that comes twice is one row.
create table card_reports (
  line_id uuid not null references lines,
  brand text not null,
  event text not null,
  status text not null check (status in ('Executed-Success', 'Executed-WithWarning', 'Failed', 'Expired')),
  at timestamptz not null,          -- as the card's side dates it
  received_at timestamptz not null,
  times int not null default 1,
  primary key (line_id, event, status, at)
);

-- Reports that belong nowhere: a profile that is nobody's here, a point that the map does not name. Counted, of no brand, of no person.
create table stray_card_reports (
  day date not null,
  why text not null check (why in ('unknown-profile', 'unknown-point')),
  point int not null,
  times int not null default 1,
  primary key (day, why, point)
);

-- The certificate once more, with the card's report in it. The first one stays as it was issued, and valid.
create table certificate_updates (
  cancellation_id uuid primary key references cancellations,
  brand text not null,
  statement text not null,          -- compact JWS
  issued_at timestamptz not null
);
