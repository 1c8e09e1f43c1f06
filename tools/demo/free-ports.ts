import { createServer, type Server } from 'node:net';

const portOf = (server: Server): number => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The system gave no TCP port');
  return address.port;
};

const listening = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });

/** TCP ports of the loopback address that nobody uses at this moment, all different. */
export const freePorts = async (count: number): Promise<readonly number[]> => {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(servers.map(listening));
  const ports = servers.map(portOf);
  // Held until all are known: otherwise the same port may be given twice.
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
};
