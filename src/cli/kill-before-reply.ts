import type { Server } from 'node:http';

/**
 * `FAULT_AT=<end of a path>:reply`: the process kills itself when a POST there is about to be answered, after everything it did was
 * committed. For tests of what a browser must survive; never in production.
 */
export const killBeforeReply = (server: Server, env: NodeJS.ProcessEnv): void => {
  const [path, point] = env['FAULT_AT']?.split(':') ?? [];
  if (env['SIGNOFF_ENV'] === 'production' || path === undefined || point !== 'reply') return;
  server.prependListener('request', (asked, reply) => {
    if (asked.method !== 'POST' || asked.url?.endsWith(path) !== true) return;
    reply.writeHead = () => {
      process.kill(process.pid, 'SIGKILL');
      return reply;
    };
  });
};
