/** Every row that there is, in the order of the catalogue. A new one: a file that exports it, and a line here. */
import { crashMatrix } from './crash-matrix.ts';
import { databaseStops } from './database-stops.ts';
import { fuzz } from './fuzz.ts';
import { frozenWorker } from './frozen-worker.ts';
import { fullDisk, manySubmits } from './full-disk.ts';
import { killedMigration } from './killed-migration.ts';
import { link } from './link.ts';
import { lostReplies, neverRead } from './lost-replies.ts';
import { manyAtOnce } from './many-at-once.ts';
import { manyWait } from './many-timers.ts';
import { noSpace } from './no-space.ts';
import { billingDown } from './billing-down.ts';
import { clockJumps } from './clock-jumps.ts';
import { commandSequences } from './command-sequences.ts';
import { poisonJobs } from './poison-jobs.ts';
import { twoReviewers } from './two-reviewers.ts';
import { withdrawOrExecute } from './withdraw-or-execute.ts';
import type { Row } from './row.ts';
import { standby } from './standby.ts';
import { twoBuilds } from './two-builds.ts';
import { webProcess } from './web-process.ts';

export const rows: readonly Row[] = [crashMatrix, webProcess, databaseStops, link, standby, frozenWorker, lostReplies, neverRead, fullDisk, noSpace, twoBuilds, killedMigration, billingDown, manySubmits, withdrawOrExecute, twoReviewers, commandSequences, clockJumps, poisonJobs, manyWait, manyAtOnce, fuzz];
