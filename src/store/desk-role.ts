import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { CannotStart } from './cannot-start.ts';

/** The desk works in this role, never as the owner: the owner could switch row-level security off, and superusers ignore it. */
export const deskRole = 'signoff_desk';

/** Roles belong to the whole server, so another database's Signoff may be doing the same at this moment. */
const meanwhileDone = ['42710', '23505', 'XX000', '40001'];

const codeOf = (fault: unknown): string => (fault as { code?: string }).code ?? '';

const makeRole = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ there: boolean; member: boolean }>(
    `select r.oid is not null as there,
            coalesce(pg_has_role(current_user, r.oid, case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end), false) as member
     from (values (1)) one left join pg_roles r on r.rolname = $1`, [deskRole]);
  if (!rows[0]?.there) await client.query(`create role ${deskRole} nologin`);
  if (!rows[0]?.member || !rows[0].there) await client.query(`grant ${deskRole} to current_user`);
};

const ensureRole = async (client: pg.Client): Promise<void> => {
  for (let tries = 0; ; tries++) {
    try {
      return await makeRole(client);
    } catch (fault) {
      if (codeOf(fault) === '42501') {
        throw new CannotStart(`The database user ${client.user} may not create roles. Let an administrator of the server run: create role ${deskRole} nologin; grant ${deskRole} to "${client.user}"; (the first may exist already)`, { cause: fault });
      }
      if (!meanwhileDone.includes(codeOf(fault)) || tries === 20) throw fault;
      await sleep(50);
    }
  }
};

/** Safe to run at every start; alters only tables that lack something, because that locks them. */
const grants = `
  grant usage on schema public to ${deskRole};
  grant select, insert, update, delete on all tables in schema public to ${deskRole};
  grant usage on all sequences in schema public to ${deskRole};
  alter default privileges in schema public grant select, insert, update, delete on tables to ${deskRole};
  alter default privileges in schema public grant usage on sequences to ${deskRole};
  revoke all on schema_migrations from ${deskRole};
  do $$
  declare t regclass;
  begin
    for t in select to_regclass('public.' || name) from unnest(array['destroyed_statements', 'journal', 'ledger_accounts', 'ledger_entries', 'ledger_postings']) name where to_regclass('public.' || name) is not null
    loop
      execute format('revoke update, delete, truncate on %s from ${deskRole}', t);
    end loop;
    for t in
      select c.oid from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'brand' and not a.attisdropped
        and not (c.relrowsecurity and c.relforcerowsecurity
                 and exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'brand_boundary'))
    loop
      execute format('alter table %s enable row level security', t);
      execute format('alter table %s force row level security', t);
      execute format('drop policy if exists brand_boundary on %s', t);
      execute format($policy$create policy brand_boundary on %s
        using (brand = current_setting('signoff.brand', true) or current_setting('signoff.brand', true) = '*')
        with check (brand = current_setting('signoff.brand', true) or current_setting('signoff.brand', true) = '*')$policy$, t);
    end loop;
  end $$;`;

/** Makes the desk's role, gives it the tables (journal and ledger only to read and to append), and puts the brand boundary on every table with a brand. */
export const openToDesk = async (client: pg.Client): Promise<void> => {
  await ensureRole(client);
  await client.query(grants); // one message, hence one transaction
};
