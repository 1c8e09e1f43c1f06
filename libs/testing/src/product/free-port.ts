import { createServer } from 'node:net';

// Below the ephemeral ports: there any outgoing connection may sit by the time a service listens, or listens again.
const FIRST = 12_000;
const COUNT = 10_000;

/** A TCP port of loopback that nobody listens on at the moment, `apart` included: a port so far above it. */
export const freePort = async (apart = 0): Promise<number> => {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    if ((await isFree(port)) && (apart === 0 || (await isFree(port + apart)))) return port;
  }
};

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
