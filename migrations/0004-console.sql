-- What needs people is found without looking at what does not, however many cases there are.
create index steps_stuck on steps (brand, cancellation_id) where state in ('stalled', 'refused');
