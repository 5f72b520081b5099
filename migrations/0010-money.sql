-- Money: double-entry books per brand and currency, refunds, and the running month of a line.
-- Positive amounts are debits, negative ones credits; whole minor units of an ISO 4217 currency.
-- `subscriber-credit` and `refunds-due` are what the operator owes, so their balances are negative or zero.

select set_config('signoff.brand', '*', true);

alter table lines
  add column monthly_fee_minor bigint not null default 0 check (monthly_fee_minor >= 0),
  add column period_from date,      -- first and last day of the running month that no bill has charged yet
  add column period_to date,
  add column payment_ref text,      -- the provider's reference of the payment that refunds go back to
  add constraint lines_period check ((period_from is null) = (period_to is null) and period_from <= period_to);

create table ledger_accounts (
  brand text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  name text not null check (name in ('subscriber-credit', 'receivable', 'cash', 'refunds-due', 'revenue', 'forfeited')),
  primary key (brand, currency, name)
);

-- No reference to a line or a case: the books stay when those rows go.
create table ledger_entries (
  id uuid primary key,
  brand text not null,
  at timestamptz not null,
  cause text not null check (cause in ('opening', 'bill-issued', 'bill-paid', 'settled', 'refund-sent', 'refund-returned')),
  key text not null,                -- what caused it; the same cause is never booked twice
  cancellation_id uuid,
  unique (brand, key),
  unique (id, brand)
);
create index ledger_entries_of_case on ledger_entries (cancellation_id);

create table ledger_postings (
  entry_id uuid not null,
  place int not null,
  brand text not null,
  account text not null,
  currency text not null,
  amount_minor bigint not null check (amount_minor <> 0),
  line_id uuid not null,
  primary key (entry_id, place),
  foreign key (entry_id, brand) references ledger_entries (id, brand),
  foreign key (brand, currency, account) references ledger_accounts (brand, currency, name)
);
create index ledger_postings_of_line on ledger_postings (line_id, account);

create function ledger_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only';
end $$;
create trigger ledger_accounts_no_change before update or delete or truncate on ledger_accounts for each statement execute function ledger_is_append_only();
create trigger ledger_entries_no_change before update or delete or truncate on ledger_entries for each statement execute function ledger_is_append_only();
create trigger ledger_postings_no_change before update or delete or truncate on ledger_postings for each statement execute function ledger_is_append_only();

-- Looked at when the transaction commits: every entry has postings, and in each currency they come to nothing.
create function ledger_entry_balances() returns trigger language plpgsql as $$
declare
  entry uuid := case when tg_table_name = 'ledger_entries' then (to_jsonb(new) ->> 'id')::uuid else (to_jsonb(new) ->> 'entry_id')::uuid end;
begin
  if not exists (select from ledger_postings where entry_id = entry) then
    raise exception 'ledger entry % has no postings', entry using errcode = 'check_violation';
  end if;
  if exists (select from ledger_postings where entry_id = entry group by currency having sum(amount_minor) <> 0) then
    raise exception 'ledger entry % does not balance', entry using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger ledger_entries_balance after insert on ledger_entries deferrable initially deferred for each row execute function ledger_entry_balances();
create constraint trigger ledger_postings_balance after insert on ledger_postings deferrable initially deferred for each row execute function ledger_entry_balances();

-- A line's credit is what the books say.
create function credit_in_ledger(line uuid) returns bigint language sql stable as $$
  select coalesce(-sum(amount_minor), 0)::bigint from ledger_postings where line_id = line and account = 'subscriber-credit'
$$;
create function credit_follows_ledger() returns trigger language plpgsql as $$
begin
  update lines set credit_minor = credit_in_ledger(new.line_id) where id = new.line_id and credit_minor <> credit_in_ledger(new.line_id);
  return null;
end $$;
create trigger ledger_postings_credit after insert on ledger_postings for each row when (new.account = 'subscriber-credit') execute function credit_follows_ledger();
create function credit_changes_by_ledger() returns trigger language plpgsql as $$
begin
  if new.credit_minor <> credit_in_ledger(new.id) then
    raise exception 'the credit of line % changes only by an entry in the ledger', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger lines_credit_by_ledger before update of credit_minor on lines for each row execute function credit_changes_by_ledger();

-- On the program's clock, which a demo drives.
create function signoff_now() returns timestamptz language sql stable as $$
  select now() + coalesce((select milliseconds from clock_ahead), 0) * interval '1 millisecond'
$$;

-- One entry between two accounts; the same key again changes nothing.
create function ledger_book(brand_ text, at_ timestamptz, cause_ text, key_ text, line_ uuid, currency_ text, debit text, credit text, minor bigint) returns void language plpgsql as $$
declare
  entry uuid := gen_random_uuid();
begin
  insert into ledger_accounts (brand, currency, name) values (brand_, currency_, debit), (brand_, currency_, credit) on conflict do nothing;
  insert into ledger_entries (id, brand, at, cause, key) values (entry, brand_, at_, cause_, key_) on conflict (brand, key) do nothing;
  if found then
    insert into ledger_postings (entry_id, place, brand, account, currency, amount_minor, line_id)
    values (entry, 1, brand_, debit, currency_, minor, line_), (entry, 2, brand_, credit, currency_, -minor, line_);
  end if;
end $$;

-- What a line brings along when it comes into our books, and every bill from its first moment.
create function line_opens_books() returns trigger language plpgsql as $$
begin
  perform ledger_book(new.brand, signoff_now(), 'opening', 'opening:' || new.id, new.id, new.currency, 'cash', 'subscriber-credit', new.credit_minor);
  return null;
end $$;
create trigger lines_open_books after insert on lines for each row when (new.credit_minor > 0) execute function line_opens_books();

create function bill_goes_into_books() returns trigger language plpgsql as $$
begin
  perform ledger_book(l.brand, signoff_now(), 'bill-issued', 'bill-issued:' || new.id, l.id, l.currency, 'receivable', 'revenue', new.amount_minor) from lines l where l.id = new.line_id;
  return null;
end $$;
create trigger bills_into_books after insert on bills for each row execute function bill_goes_into_books();

-- From the receipt of a cancellation on, nothing new is charged on its line. What was due before can still be paid.
-- The lock makes a bill and a receipt that meet come one after the other.
create function frozen_line_takes_no_bill() returns trigger language plpgsql as $$
declare
  is_frozen boolean;
begin
  select frozen into is_frozen from lines where id = new.line_id for share;
  if is_frozen then
    raise exception 'line % is frozen: its cancellation was received, so nothing new is charged or bought on it', new.line_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger bills_not_on_frozen_line before insert or update of amount_minor, line_id on bills for each row execute function frozen_line_takes_no_bill();

-- What is given back by the payout provider.
create table refunds (
  id uuid primary key,
  brand text not null,
  line_id uuid not null,
  cancellation_id uuid not null,
  key text not null unique,         -- the provider tells repeats by it
  payment_ref text not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  state text not null check (state in ('requested', 'sent', 'unknown', 'done', 'failed')),
  provider_ref text,
  requested_at timestamptz not null,
  changed_at timestamptz not null,
  due_at timestamptz,               -- by then it must be on its way; absent where no calendar covers the year
  overdue_told_at timestamptz
);
create unique index one_open_refund_per_line on refunds (line_id) where state in ('requested', 'sent', 'unknown');
create index refunds_of_case on refunds (cancellation_id);

-- Who gives to a line: looked up before that line or its giver is settled.
create index cancellations_by_receiver on cancellations ((plan #>> '{settlement,transfer,toLineId}')) where plan #> '{settlement,transfer}' is not null;

-- Lines and bills that were here before.
select ledger_book(brand, signoff_now(), 'opening', 'opening:' || id, id, currency, 'cash', 'subscriber-credit', credit_minor) from lines where credit_minor > 0;
select ledger_book(l.brand, signoff_now(), 'bill-issued', 'bill-issued:' || b.id, l.id, l.currency, 'receivable', 'revenue', b.amount_minor) from bills b join lines l on l.id = b.line_id;
select ledger_book(l.brand, b.paid_at, 'bill-paid', 'bill-paid:' || b.id, l.id, l.currency, 'cash', 'receivable', b.amount_minor) from bills b join lines l on l.id = b.line_id where b.paid_at is not null;
