import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requirePeer } from '../../src/cli/peers.ts';
import { encodeRequest, text, types } from '../../src/connectors/radius-disconnect/codec.ts';
import { host, startProgram, type Started } from './start-program.ts';

export const secret = 's3cret-of-the-test';
/** What the policy below does to whose session. */
export const imsis = { has: '001010000000142', notRemovable: '001010000000504', noCause: '001010000000999', hasNot: '001010000000001', unknownCause: '001010000000777' } as const;

const configuration = (port: number, folder: string): string => `
prefix = /usr
libdir = /usr/lib/freeradius
logdir = ${folder}
run_dir = ${folder}
max_requests = 4096
cleanup_delay = 5
log {
  destination = stdout
}
security {
  allow_vulnerable_openssl = yes
  max_attributes = 200
  status_server = no
}
thread pool {
  start_servers = 2
  max_servers = 4
  min_spare_servers = 1
  max_spare_servers = 3
}
client desk {
  ipaddr = ${host}
  secret = ${secret}
  require_message_authenticator = yes
}
modules {
  always ok {
    rcode = ok
  }
  always reject {
    rcode = reject
  }
}
listen {
  type = coa
  ipaddr = ${host}
  port = ${port}
  virtual_server = gateway
}
server gateway {
  recv-coa {
    if (&3GPP-IMSI == "${imsis.has}" && &Event-Timestamp) {
      ok
    }
    elsif (&User-Name == "${imsis.has}" && &Calling-Station-Id == "12025550142") {
      ok
    }
    elsif (&3GPP-IMSI == "${imsis.notRemovable}") {
      update reply {
        &Error-Cause := Session-Context-Not-Removable
      }
      reject
    }
    elsif (&3GPP-IMSI == "${imsis.unknownCause}") {
      update reply {
        &Error-Cause := 777
      }
      reject
    }
    elsif (&3GPP-IMSI == "${imsis.noCause}") {
      reject
    }
    else {
      update reply {
        &Error-Cause := Session-Context-Not-Found
      }
      reject
    }
  }
}
`;

const freeUdpPort = async (): Promise<number> => {
  const socket = createSocket('udp4').bind(0, host);
  await once(socket, 'listening');
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
};

const answersRadius = (port: number): Promise<boolean> => new Promise((resolve) => {
  const socket = createSocket('udp4');
  const end = (answers: boolean): void => {
    clearTimeout(waiting);
    socket.close();
    resolve(answers);
  };
  const waiting = setTimeout(() => end(false), 200);
  socket.once('message', () => end(true));
  socket.send(encodeRequest(0, [text(types.userName, 'nobody')], secret), port, host);
});

/** A real FreeRADIUS that receives Disconnect-Requests. */
export const startFreeradius = async (): Promise<Started & { readonly port: number }> => {
  const folder = await mkdtemp(join(tmpdir(), 'signoff-freeradius-'));
  const port = await freeUdpPort();
  await writeFile(join(folder, 'radiusd.conf'), configuration(port, folder), { mode: 0o600 });
  const program = await startProgram({ program: requirePeer('freeradius'), args: ['-f', '-X', '-d', folder, '-n', 'radiusd', '-D', '/usr/share/freeradius'], cwd: folder, isReady: () => answersRadius(port) });
  return {
    port,
    stop: async () => {
      await program.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** A network in between, that loses what it is told to and keeps what passed. */
export const openRelay = async (to: number, loses: (side: '>' | '<', nth: number) => boolean) => {
  const [front, back] = [createSocket('udp4').bind(0, host), createSocket('udp4').bind(0, host)];
  await Promise.all([once(front, 'listening'), once(back, 'listening')]);
  const passed = { '>': [] as string[], '<': [] as string[] };
  let asker: RemoteInfo | undefined;
  front.on('message', (bytes, from) => {
    asker = from;
    if (!loses('>', passed['>'].push(bytes.toString('hex')))) back.send(bytes, to, host);
  });
  back.on('message', (bytes) => {
    if (!loses('<', passed['<'].push(bytes.toString('hex'))) && asker) front.send(bytes, asker.port, asker.address);
  });
  return { port: front.address().port, passed, end: () => { front.close(); back.close(); } };
};
