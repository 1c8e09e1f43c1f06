import { HouseModule } from '#infrastructure/composition/house.module.js';
import { runProcess } from '#infrastructure/composition/run-process.js';
import { NestLogger } from '#infrastructure/telemetry/logger.js';
import { ProcessProbes } from '#infrastructure/telemetry/process-probes.js';
import { createWorker } from './bootstrap.js';
import { startHealthServer } from './shared/health-server.js';

await runProcess('worker', async (config, log) => {
  const app = await createWorker(HouseModule.of(config, log), new NestLogger(log));
  const { healthPort } = config.worker;
  const health =
    healthPort === null ? null : await startHealthServer(app.get(ProcessProbes), config.http.host, healthPort);
  log.info('working');
  return {
    close: async () => {
      health?.close();
      await app.close();
    },
  };
});
