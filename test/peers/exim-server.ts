import { chmod, chown, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { requirePeer } from '../../src/cli/peers.ts';
import { isRoot } from '../../src/store/postgres-account.ts';
import { answers, freePort, host, startProgram } from './start-program.ts';

export type Exim = {
  readonly host: string;
  readonly port: number;
  /** What lies in the mailbox, read as a mail program reads it. */
  readonly mailbox: () => Promise<readonly Email[]>;
  readonly stop: () => Promise<void>;
};

/** Everything for mail.example goes into one mailbox; two names there are refused, for good and for now. */
const configuration = (folder: string, port: number, user: string, group: string): string => `
primary_hostname = mx.mail.example
spool_directory = ${folder}/spool
log_file_path = ${folder}/log/%slog
pid_file_path = ${folder}/exim.pid
local_interfaces = <; [${host}]:${port}
daemon_smtp_ports = ${port}
exim_user = ${user}
exim_group = ${group}
deliver_drop_privilege = true
keep_environment =
host_lookup =
rfc1413_query_timeout = 0s
message_size_limit = 20K
tls_advertise_hosts = *
tls_certificate = ${folder}/server.pem
tls_privatekey = ${folder}/server.key
acl_smtp_rcpt = who
acl_smtp_data = accept

begin acl
who:
  deny local_parts = nobody
       message = no such mailbox
  defer local_parts = later
       message = come back later
  accept domains = mail.example
  deny message = no relaying

begin routers
ours:
  driver = accept
  domains = mail.example
  transport = mailbox

begin transports
mailbox:
  driver = appendfile
  directory = ${folder}/mail
  maildir_format
  create_directory
  envelope_to_add

begin retry
* * F,1h,1m
`;

const idOf = (...args: readonly string[]): string => spawnSync('id', args, { encoding: 'utf8' }).stdout.trim();

/** Debian's Exim with a configuration, a queue and a mailbox of its own. `certificate`: PEM, for STARTTLS. */
export const startExim = async (certificate: { readonly cert: string; readonly key: string }): Promise<Exim> => {
  const program = requirePeer('exim4');
  const folder = await mkdtemp(join(tmpdir(), 'signoff-exim-'));
  const user = isRoot() ? 'Debian-exim' : idOf('-un');
  const group = idOf('-gn', user);
  const port = await freePort();
  for (const name of ['', 'spool', 'log', 'mail']) {
    const path = join(folder, name);
    if (name !== '') await mkdir(path, { mode: 0o755 });
    if (isRoot()) await chown(path, Number(idOf('-u', user)), Number(idOf('-g', user)));
  }
  await chmod(folder, 0o755);
  const config = join(folder, 'exim.conf');
  for (const [path, contents] of [[config, configuration(folder, port, user, group)], [join(folder, 'server.pem'), certificate.cert], [join(folder, 'server.key'), certificate.key]] as const) {
    await writeFile(path, contents, { mode: 0o644 });
  }
  const clear = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const server = await startProgram({ program, args: ['-C', config, '-bdf', '-q1h'], cwd: folder, isReady: () => answers(port) }).catch((fault: unknown) => clear().then(() => { throw fault; }));
  return {
    host, port,
    mailbox: async () => {
      const arrived = join(folder, 'mail', 'new');
      const names = await readdir(arrived).catch((fault: NodeJS.ErrnoException) => {
        if (fault.code === 'ENOENT') return []; // nothing has come yet
        throw fault;
      });
      return Promise.all(names.map(async (name) => PostalMime.parse(await readFile(join(arrived, name)))));
    },
    stop: async () => {
      await server.stop();
      await clear();
    },
  };
};
