/** Row 7 without root: from one moment on the database answers every write as it does when its disk is full (53100), and all doors are tried. */
import { addApiClient } from '../../src/identity/api-clients.ts';
import { apply, applicantOf } from '../apply.ts';
import { brand, type Story } from '../harness.ts';
import { plantLines, referenceOf } from '../stories/bulk-setting.ts';
import { sitter, wordsOf } from '../stories/console-setting.ts';
import { casesOf, must, noise, withForm } from './full-disk.ts';
import type { Row } from './row.ts';

/** PostgreSQL's own words and code, before any row is written. */
const outOfSpace = `create function out_of_space() returns trigger language plpgsql as $$ begin
  raise exception using errcode = '53100', message = 'could not extend file "base/16384/24576": No space left on device', hint = 'Check free disk space.'; end $$`;

const tablesOf = (story: Story): Promise<{ name: string }[]> => story.rows(`select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'schema_migrations' order by 1`);

/** How many rows each table has, and which versions of its rows: the same text, and nothing was written. */
const everythingIn = async (story: Story): Promise<string> => {
  const tables = await tablesOf(story);
  const [row] = await story.rows<{ all: string }>(`select concat_ws(' ', ${tables.map(({ name }) => `(select '${name}:' || count(*) || ':' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') from ${name} t)`).join(', ')}) as all`);
  return row?.all ?? '';
};

export const noSpace: Row = {
  number: '7',
  title: 'the database answers every write that its disk is full: portal, console and API',
  asserts: 'Each door says 503, in words and when to come again; nothing is accepted, no half file is kept, and with space everything succeeds.',
  run: async ({ one }) => withForm(async ({ story, app, who, check }) => {
    const { db, clock } = story.signoff.desk;
    await plantLines(story.signoff, brand, 3);
    const number = await apply(story, await applicantOf(story, 'B-100142'));
    const client = await addApiClient(db, clock, { brand, name: 'a partner', scopes: ['bulk', 'number-recycling:check'] });
    const staff = story.data.staff.find(({ roles }) => roles.includes('reviewer'));
    if (!client.ok || staff === undefined) throw new Error('nobody there to ask');
    const reviewer = sitter(app);
    await reviewer.signIn(staff);
    const pack = story.signoff.desk.packs.latest(brand);
    const reason = pack.ok ? pack.value.reasons.find(({ barsAtOnce }) => !barsAtOnce)?.id : '';
    const file = `reference,reason\n${[0, 1, 2].map((line) => `${referenceOf(line)},${reason}`).join('\n')}\n`;

    const ask = (url: string, type: string, payload: string) => app.inject({ method: 'POST', url, payload, headers: { 'content-type': type, authorization: `Bearer ${client.value.token}` } });
    const order = () => ask('/v1/bulk-orders', 'text/csv', file);
    const recycled = () => ask('/number-recycling/vwip/check', 'application/json', JSON.stringify({ phoneNumber: '+12025550100', specifiedDate: '2026-11-01' }));
    const picture = { name: 'passport.png', type: 'image/png', contents: await noise() };
    const attach = async () => {
      await who.visit(check.replace(/check$/, 'application'));
      return who.submit('/application', { document: picture });
    };
    const send = async () => {
      await who.visit(check);
      return who.submit('/check');
    };
    const approve = async () => {
      await reviewer.get(`/${brand}/console/cases/${number}`);
      return reviewer.send('/approve');
    };
    const upload = async () => {
      await reviewer.get(`/${brand}/console/bulk`);
      return reviewer.attach('/bulk', {}, { file: Buffer.from(file) });
    };

    await story.rows(outOfSpace);
    const tables = await tablesOf(story);
    const before = await everythingIn(story);
    for (const { name } of tables) await story.rows(`create trigger out_of_space before insert or update on ${name} for each row execute function out_of_space()`);
    await one('the portal', async () => {
      for (const answer of [await attach(), await send()]) {
        must(answer.status === 503, `it answers ${answer.status} ${answer.root.querySelector('h1')?.text}`);
        must(/没有丢.*过一会儿再试/.test(answer.root.text), `it says ${answer.root.querySelector('main')?.text}`);
      }
      must((await casesOf(story))[0]?.state === 'draft', 'the application was received');
    });
    await one('the console', async () => {
      for (const answer of [await approve(), await upload()]) {
        must(answer.status === 503 && answer.headers['retry-after'] === '60', `it answers ${answer.status} ${wordsOf(answer.root)}`);
        must(/没有保存.*磁盘空间.*编号/s.test(wordsOf(answer.root)), `it says ${wordsOf(answer.root)}`);
      }
    });
    await one('the API', async () => {
      for (const [answer, type] of [[await order(), 'application/problem+json'], [await recycled(), 'application/json']] as const) {
        must(answer.statusCode === 503 && answer.headers['retry-after'] === '60' && String(answer.headers['content-type']).startsWith(type), `it answers ${answer.statusCode} ${answer.payload}`);
        must(/Nothing of this request was kept.*again in a minute/.test(answer.payload), `it says ${answer.payload}`);
      }
    });
    await one('nothing at all was kept', async () => {
      const after = await everythingIn(story);
      must(after === before, `tables have changed: ${after.split(' ').filter((table) => !before.includes(table)).join(', ')}`);
    });
    for (const { name } of tables) await story.rows(`drop trigger out_of_space on ${name}`);
    await one('with space everything succeeds', async () => {
      must((await attach()).status === 200, 'a document is not taken');
      must(new URL((await send()).url).pathname.endsWith('/receipt'), 'an application is not received');
      must((await approve()).status === 303, 'a case is not approved');
      must((await upload()).status === 303, 'a file is not taken at the console');
      const [ordered, asked] = [await order(), await recycled()];
      must(ordered.statusCode === 202, `an order is not taken: ${ordered.payload}`);
      must(asked.statusCode !== 503 && asked.statusCode !== 500, `a number is not looked up: ${asked.payload}`);
    });
  }),
};
