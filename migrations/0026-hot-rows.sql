-- Rows that are written several times in their life leave room on their page for it, so that a new version of a row needs no new entry
-- in every index (heap-only tuples), and old ones are cleared in passing.
alter table steps set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
alter table cancellations set (fillfactor = 70);
alter table lines set (fillfactor = 80);
alter table notices set (fillfactor = 60);
alter table journal drop constraint journal_cancellation_id_fkey;
