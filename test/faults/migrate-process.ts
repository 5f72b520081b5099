/** `signoff start` as far as its migrations go, as a process that can be killed: the database's address in DATABASE_URL. */
import { migrate } from '../../src/store/migrate.ts';

await migrate(process.env['DATABASE_URL'] ?? '');
console.log('migrated');
