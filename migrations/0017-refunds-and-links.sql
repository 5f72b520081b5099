-- Refunds that a person sends again, links that are replaced, and links under which agreements are signed.

-- A mail was sent again: the link in the one before is dead, and says so.
alter table confirmation_links add column replaced_at timestamptz;

-- `mends`: the failed refund in whose place this one was ordered, by whom; a failed one is mended once.
alter table refunds add column due_because jsonb;
alter table refunds add column mends uuid unique references refunds;
alter table refunds add column ordered_by uuid references staff;
alter table refunds add column told_as text check (told_as in ('arrived', 'failed'));
alter table refunds add column elsewhere boolean not null default false; -- to what a person named, not to what was paid with

-- What an agent on the phone has sent to the subscriber: it opens the one page on which the agreements of one draft are signed.
create table signing_links (
  token_hash bytea primary key,
  brand text not null,
  cancellation_id uuid not null references cancellations on delete cascade, -- of a draft that is thrown away nothing stays
  call_id uuid not null references support_calls,
  channel text not null check (channel in ('mail', 'sms')),
  to_masked text not null,
  made_at timestamptz not null,
  until timestamptz not null,
  replaced_at timestamptz,
  signed_at timestamptz
);
create index signing_links_of_case on signing_links (cancellation_id);
