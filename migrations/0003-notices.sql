-- What was told, to whom, and whether it arrived. One row a message to one contact.

create table notices (
  id uuid primary key,
  brand text not null,
  cancellation_id uuid references cancellations,
  subscriber_id uuid not null references subscribers,
  template text not null,
  channel text not null check (channel in ('mail', 'sms')),
  language text not null check (language in ('zh-CN', 'zh-TW', 'en')),
  sealed bytea not null,            -- address, values, and the contacts to fall back to; under the subscriber's own key
  to_masked text not null,
  -- intended: committed before it is sent. unknown: it may have been sent, and nobody answers for it.
  state text not null default 'queued' check (state in ('queued', 'intended', 'sent', 'delivered', 'failed', 'unknown')),
  intent_key text not null unique,  -- the same for every attempt: the Message-ID is made from it, so a doubled mail is one
  attempts int not null default 0,
  unsure int not null default 0,    -- attempts that may have sent it
  because text,                     -- why it failed or is not known; a code, never a person's data
  provider_id text,                 -- as the channel gave it; the ids of an SMS in parts are joined by commas
  follows uuid references notices,  -- sent in place of that one, which did not reach its contact
  created_at timestamptz not null,
  expires_at timestamptz,           -- of no use to anyone after this
  intended_at timestamptz,
  sent_at timestamptz,
  delivered_at timestamptz
);
create index notices_of_case on notices (cancellation_id, created_at);
create index notices_of_subscriber on notices (subscriber_id);
create index notices_by_provider_id on notices using gin (string_to_array(provider_id, ',')) where state in ('sent', 'unknown');

-- A receipt can come before the answer to the message that it is for. Free of personal data, of no brand of its own.
create table delivery_receipts (
  message_id text primary key,
  delivered boolean not null,
  at timestamptz not null
);
create index delivery_receipts_by_time on delivery_receipts (at);
