-- When a person whose lines are all over is erased: reckoned once (policy and law), asked every hour, looked at again before it is done.
alter table subscribers add column erase_after timestamptz;
alter table subscribers add column erased_at timestamptz;    -- set together with the last of it: the key is destroyed, the cases are moved
create index subscribers_to_erase on subscribers (erase_after) where erase_after is not null and erased_at is null;

-- By what a person's rows are found, and by what a row that goes is looked for in those that may name it.
create index bills_of_line on bills (line_id);
create index documents_of_subscriber on documents (subscriber_id);
create index notices_of_statement on notices (statement_id) where statement_id is not null;
create index notices_that_follow on notices (follows) where follows is not null;
create index resolutions_of_case on resolutions (cancellation_id);
create index resolutions_by_document on resolutions (document_id) where document_id is not null;
create index statements_of_line on statements (line_id) where line_id is not null;
