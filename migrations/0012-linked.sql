-- Services of the operator that hang on a line, and what the account is paid with.

create table line_services (
  line_id uuid not null references lines,
  service text not null,            -- id in the pack's linkedServices
  brand text not null,
  since timestamptz not null,
  ended_at timestamptz,
  primary key (line_id, service)
);

create table payment_methods (
  id uuid primary key,
  brand text not null,
  subscriber_id uuid not null references subscribers,
  sealed bytea not null,            -- label, last four digits; under the subscriber's own key
  added_at timestamptz not null
);
create index payment_methods_of_subscriber on payment_methods (subscriber_id);
