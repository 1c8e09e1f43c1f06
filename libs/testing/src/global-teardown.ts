import { rmSync } from 'node:fs';

/** Stops the run's PostgreSQL and removes its folder. */
const globalTeardown = async (): Promise<void> => {
  const cluster = globalThis.sdelkaTestCluster;
  if (!cluster) return;
  await cluster.server.stop();
  rmSync(cluster.folder, { recursive: true, force: true });
};

export default globalTeardown;
