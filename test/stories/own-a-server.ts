import { startServer } from '../../src/store/server.ts';

// Owns the data folder given as its argument until it is killed; prints the address.
const { url } = await startServer({ folder: process.argv[2] ?? '', say: () => undefined });
console.log(url);
setInterval(() => undefined, 60_000);
