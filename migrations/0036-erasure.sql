-- When a person whose lines are all over is erased: reckoned once (policy and law), asked every hour, looked at again before it is done.
alter table subscribers add column erase_after timestamptz;
alter table subscribers add column erased_at timestamptz;    -- set together with the last of it: the key is destroyed, the cases are moved
create index subscribers_to_erase on subscribers (erase_after) where erased_at is null;
