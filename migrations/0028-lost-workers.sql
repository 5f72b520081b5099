-- How often in a row a worker was lost (killed, or frozen beyond its lease) while it held this case; 0 again when one lets go of it.
alter table cancellations add column workers_lost int not null default 0;
