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
