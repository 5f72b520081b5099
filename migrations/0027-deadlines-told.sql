-- That people were called because a deadline nears: once a deadline. One that moved, after a pause, is another.
create table deadline_alarms (
  brand text not null,
  cancellation_id uuid not null references cancellations on delete cascade,
  what text not null check (what in ('review', 'end')),
  due_at timestamptz not null,
  told_at timestamptz not null,
  primary key (cancellation_id, what, due_at)
);
