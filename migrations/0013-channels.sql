-- Phone, chat, post, social media: other ways to the same case.

-- The purposes stand in src/identity/one-time-codes.ts; here only that it is a name.
alter table one_time_codes drop constraint one_time_codes_purpose_check;
alter table one_time_codes add constraint one_time_codes_purpose_check check (purpose ~ '^[a-z]+(-[a-z]+)*$');

-- Somebody is on the phone. Nothing of theirs is seen or done before `proven_at`: a code to a contact of record, read out
-- by whoever calls (47 CFR 64.2010), and only by this one of staff.
create table support_calls (
  id uuid primary key,
  brand text not null,
  staff_id uuid not null references staff,
  subscriber_id uuid not null references subscribers,
  opened_at timestamptz not null,
  code_id uuid,                      -- the code sent last
  proven_at timestamptz,
  ended_at timestamptz
);
create index support_calls_of_staff on support_calls (staff_id, opened_at) where ended_at is null;

-- Each consequence that was read out and accepted, one by one.
create table consequences_read_out (
  call_id uuid not null references support_calls,
  line_id uuid not null references lines,
  consequence text not null,
  brand text not null,
  accepted_at timestamptz not null,
  primary key (call_id, line_id, consequence)
);

-- One thread a line: before its case, and within it. What came before goes with the case once that is received.
alter table case_messages alter column cancellation_id drop not null;
alter table case_messages add column line_id uuid references lines;
alter table case_messages add column channel text not null default 'web' check (channel in ('web', 'chat', 'social'));
alter table case_messages add column staff_id uuid references staff;
alter table case_messages add constraint case_messages_of_something check (cancellation_id is not null or line_id is not null);
alter table case_messages drop constraint case_messages_author_check;
-- automatic: the instant of the next opening, sealed like the rest; empty where the calendar of that year is not known.
alter table case_messages add constraint case_messages_author_check check (author in ('subscriber', 'reviewer', 'agent', 'automatic'));
-- Of a contact elsewhere: which of the pack's networks. The handle lies sealed with what was said; the mark finds it again.
alter table case_messages add column network text check ((channel = 'social') = (network is not null));
alter table case_messages add column handle_mark bytea;
create index case_messages_of_line on case_messages (line_id, at) where line_id is not null;
create index case_messages_in_chat on case_messages (brand, at) where channel = 'chat';

-- The purposes stand in src/vault/documents/stored-documents.ts; here only that it is a name.
alter table documents alter column cancellation_id drop not null;
alter table documents add column message_id uuid references case_messages;
alter table documents add constraint documents_of_something check (cancellation_id is not null or message_id is not null);
alter table documents drop constraint documents_purpose_check;
alter table documents add constraint documents_purpose_check check (purpose ~ '^[a-z]+(-[a-z]+)*$');
create index documents_of_message on documents (message_id) where message_id is not null;

-- The code on a printed form, bound to its draft; it becomes the application's number when the paper is received.
create table paper_forms (
  code text primary key,
  brand text not null,
  cancellation_id uuid not null unique references cancellations on delete cascade,
  made_at timestamptz not null
);
