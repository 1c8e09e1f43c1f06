import { HouseModule } from '#infrastructure/composition/house.module.js';
import { ensureFirstAdmin } from '#infrastructure/composition/first-admin.js';
import { runProcess } from '#infrastructure/composition/run-process.js';
import { NestLogger } from '#infrastructure/telemetry/logger.js';
import { createApi } from './bootstrap.js';

await runProcess('api', async (config, log) => {
  const { app } = await createApi(HouseModule.of(config, log), {
    trustedProxies: config.http.trustedProxies,
    log,
    nestLogger: new NestLogger(log),
  });
  await ensureFirstAdmin(app, config.firstAdmin);
  await app.listen(config.http.port, config.http.host);
  log.info({ url: await app.getUrl() }, 'listening');
  return app;
});
