-- A line's cases and a case's findings are looked up at every page about them, whatever state they are in.

create index cancellations_of_line on cancellations (line_id);
create index findings_of_case on findings (cancellation_id);
