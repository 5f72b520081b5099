import { CannotStart, startServer } from '../../src/store/server.ts';

// Owns the data folder given as its argument until it is killed; prints the address, or why it cannot start.
startServer({ folder: process.argv[2] ?? '', say: () => undefined }).then(
  ({ url }) => {
    console.log(url);
    setInterval(() => undefined, 60_000);
  },
  (fault: unknown) => {
    if (!(fault instanceof CannotStart)) throw fault;
    console.log(fault.message);
    process.exitCode = 1;
  },
);
