-- What is counted for whoever runs this, without walking what is long delivered.
create index notices_undelivered on notices (state, created_at) where state in ('failed', 'unknown');
