/** Row 7 as root: no space is left on the disk of the database, while people attach documents and send; and row 16: fifty times the same submission. */
import { spawnSync } from 'node:child_process';
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { visitor, type Visitor } from '../../src/demo/visitor.ts';
import { openDoors } from '../../src/doors.ts';
import { accountForNewCluster, isRoot } from '../../src/store/postgres-account.ts';
import { applicantOf, fillIn, prepare } from '../apply.ts';
import { brand, openStory, type Story } from '../harness.ts';
import type { Row } from './row.ts';

export const must = (holds: boolean, says: string): void => { if (!holds) throw new Error(says); };

/** Signed in, before the last look at an application that is filled in. */
export const withForm = async (work: (scene: { readonly story: Story; readonly app: FastifyInstance; readonly who: Visitor; readonly check: string; readonly root: string }) => Promise<void>): Promise<void> => {
  const story = await openStory({ works: false });
  try {
    let origin = '';
    const app = await openDoors(story.signoff, { ...story.parts, publicUrl: () => origin });
    try {
      origin = await app.listen({ host: '127.0.0.1', port: 0 });
      const root = `${origin}/${brand}`;
      const applicant = await applicantOf(story, 'B-100190');
      await prepare(story, applicant);
      await fillIn(story, applicant);
      const owner = story.data.subscribers.find(({ lines }) => lines.some(({ billingRef }) => billingRef === 'B-100190'));
      const who = visitor(root, 'zh-CN');
      await who.visit(`${root}/sign-in`);
      await who.submit('/sign-in', { name: owner?.phone ?? '', password: owner?.password ?? '' });
      await work({ story, app, who, root, check: `${root}/lines/${applicant.lineId}/cancel/check` });
    } finally {
      await app.close();
    }
  } finally {
    await story.stop();
  }
};

export const casesOf = (story: Story): Promise<{ state: string; number: string | null }[]> =>
  story.rows(`select c.state, c.application_number as number from cancellations c join lines l on l.id = c.line_id where l.billing_ref = 'B-100190'`);

export const manySubmits: Row = {
  number: '16',
  title: 'the same submission fifty times at once, over HTTP',
  asserts: 'One case, one number, and all fifty are told of it.',
  run: () => withForm(async ({ story, who, check }) => {
    const page = await who.visit(check);
    const form = page.root.querySelectorAll('form').find((one) => one.getAttribute('action')?.endsWith('/check'));
    const fields = new URLSearchParams((form?.querySelectorAll('input[type=hidden]') ?? []).map((input) => [input.getAttribute('name') ?? '', input.getAttribute('value') ?? '']));
    const answers = await Promise.all(Array.from({ length: 50 }, () => fetch(check, {
      method: 'POST', redirect: 'manual', body: fields, headers: { cookie: who.cookie(check), origin: new URL(check).origin, 'sec-fetch-site': 'same-origin' },
    })));
    const told = new Set(answers.map((answer) => `${answer.status} ${answer.headers.get('location')}`));
    const cases = await casesOf(story);
    must(cases.length === 1 && cases[0]?.state === 'reviewing', `there are ${JSON.stringify(cases)}`);
    must(told.size === 1 && [...told][0]?.includes(String(cases[0]?.number)) === true, `they were told ${[...told].join(' and ')}`);
    must((await story.rows(`select 1 from journal where event = 'received'`)).length === 1, 'it was received more than once');
  }),
};

/** A disk of a few megabytes that holds what these tables are given from now on. */
const onSmallDisk = async (story: Story, work: (disk: { fill(): Promise<void>; free(): Promise<void> }) => Promise<void>): Promise<void> => {
  if (!isRoot()) throw new Error('a disk can be made and filled only as root');
  const folder = await mkdtemp(join(tmpdir(), 'signoff-small-disk-'));
  const name = `small_${randomBytes(4).toString('hex')}`;
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder], { encoding: 'utf8' });
  if (mounted.status !== 0) throw new Error(`no disk could be made: ${mounted.stderr}`);
  try {
    const { uid, gid } = accountForNewCluster();
    await chown(folder, uid, gid);
    await chmod(folder, 0o700);
    await story.rows(`create tablespace ${name} location '${folder}'`);
    for (const table of ['documents', 'journal', 'cancellations']) await story.rows(`alter table ${table} set tablespace ${name}`);
    await story.rows(`create table ballast (bytes text) tablespace ${name}`);
    await story.rows(`alter table ballast alter bytes set storage external`);
    try {
      await work({
        fill: async () => {
          for (const size of [400_000, 50_000, 7000, 1500])
            for (;;) {
              const full = await story.rows(`insert into ballast values (repeat('x', ${size}))`).then(() => false, () => true);
              if (full) break;
            }
        },
        free: async () => { spawnSync('mount', ['-o', 'remount,size=64m', folder]); }, // whoever runs it gives it a larger one
      });
    } finally {
      await story.rows(`drop table ballast`);
      for (const table of ['documents', 'journal', 'cancellations']) await story.rows(`alter table ${table} set tablespace pg_default`);
      await story.rows(`drop tablespace ${name}`);
    }
  } finally {
    spawnSync('umount', [folder]);
    await rm(folder, { recursive: true, force: true });
  }
};

export const fullDisk: Row = {
  number: '7',
  title: 'the disk of the database is full while a document is stored and an application is sent',
  asserts: 'Both are told 503 in words and when to come again, half of nothing is kept, nothing was accepted, and with space both succeed.',
  run: () => withForm(({ story, who, check, root }) => onSmallDisk(story, async ({ fill, free }) => {
    const documents = () => story.rows<{ id: string; bytes: number }>(`select id, octet_length(sealed) as bytes from documents order by id`);
    const before = await documents();
    const picture = { name: 'passport.png', type: 'image/png', contents: await noise() };
    const attach = async () => {
      await who.visit(check.replace(/check$/, 'application'));
      return who.submit('/application', { document: picture });
    };
    await fill();
    const attached = await attach();
    must(attached.status === 503, `a document on a full disk: ${attached.status} ${attached.root.querySelector('h1')?.text}`);
    must(/没有丢/.test(attached.root.text), `it says ${attached.root.querySelector('main')?.text}`);
    must(JSON.stringify(await documents()) === JSON.stringify(before), 'something of the document was kept, or the old one is gone');

    await who.visit(check);
    const sent = await who.submit('/check');
    must(sent.status === 503, `an application on a full disk: ${sent.status} ${sent.root.querySelector('h1')?.text}`);
    must((await casesOf(story))[0]?.state === 'draft', 'it was received');
    must((await story.rows(`select 1 from journal where event = 'received'`)).length === 0, 'its journal says that it was received');

    await free();
    const again = await attach();
    must(again.status === 200, `with space again: ${again.status}`);
    must(JSON.stringify(await documents()) !== JSON.stringify(before), 'with space again the document is not there');
    await who.visit(check);
    const received = await who.submit('/check');
    must(new URL(received.url).pathname.endsWith('/receipt'), `with space again it is not received: ${received.url} at ${root}`);
  })),
};

/** A picture that no compression makes small. */
export const noise = async (): Promise<Uint8Array<ArrayBuffer>> => {
  const { default: sharp } = await import('sharp');
  return new Uint8Array(await sharp(randomBytes(700 * 700 * 3), { raw: { width: 700, height: 700, channels: 3 } }).png().toBuffer());
};
