-- A new version of a row needs no new entry in any index as long as no column changes that an index is made of or is limited by.
-- Both tables were limited by `state`, which changes with every step that begins or ends and with every message that is sent.

drop index steps_stuck;
alter table steps add column stuck boolean not null generated always as (state in ('stalled', 'refused')) stored;
create index steps_stuck on steps (brand, cancellation_id) where stuck;

drop index notices_by_provider_id;
drop index notices_undelivered;
alter table notices
  add column receivable boolean not null generated always as (state in ('sent', 'unknown')) stored,      -- a receipt may come
  add column undelivered boolean not null generated always as (state in ('failed', 'unknown')) stored;
create index notices_by_provider_id on notices using gin (string_to_array(provider_id, ',')) where receivable;
create index notices_undelivered on notices (state, created_at) where undelivered;
