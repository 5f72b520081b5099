-- What somebody signs in with, readable for themselves: sealed under their own key, so it goes with it. Empty only in rows older than this, until their owner signs in.
alter table sign_in_names add column sealed bytea;

-- Of a call: that the names to sign in with were sent to a contact of record, and when last.
alter table support_calls add column names_sent_at timestamptz;
alter table support_calls add column names_sent_by text check (names_sent_by in ('mail', 'sms'));
alter table support_calls add check ((names_sent_at is null) = (names_sent_by is null));

-- Somebody wants a copy of their data, or wants them erased. `due_at`: by the law of the place where they live, empty where it names no term.
create table data_requests (
  id uuid primary key,
  brand text not null,
  subscriber_id uuid not null references subscribers,
  kind text not null check (kind in ('copy', 'erase')),
  asked_at timestamptz not null,
  law text,                            -- which one, with its version: eu@2026-06-19
  due_at timestamptz,
  extended_at timestamptz,             -- once, with the reason told to who asked
  extended_because text check (extended_because in ('complex', 'many')),
  answered_at timestamptz,
  answered_by uuid references staff,
  told_at timestamptz,                 -- when people were called last
  check ((law is null) = (due_at is null)),
  check ((extended_at is null) = (extended_because is null)),
  check ((answered_at is null) = (answered_by is null))
);
create unique index one_open_data_request_of_a_kind on data_requests (subscriber_id, kind) where answered_at is null;
create index data_requests_open on data_requests (brand, due_at) where answered_at is null;
create index data_requests_of_subscriber on data_requests (subscriber_id, asked_at);

-- Months in which numbers were disconnected that a register wants to hear of, and whether its file was made. Of the whole installation: no brand, no number.
create table disconnect_files (
  register text not null,
  month text not null check (month ~ '^20[0-9]{2}-(0[1-9]|1[0-2])$'),
  due_at timestamptz not null,
  made_at timestamptz,
  told_at timestamptz,
  primary key (register, month)
);
create index disconnect_files_to_make on disconnect_files (due_at) where made_at is null;
