import type { INestApplicationContext } from '@nestjs/common';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { systemContext } from '#application/shared/context/system-context.js';
import { EnsureFirstAdminCommand } from '#application/identity/index.js';
import type { FirstAdminConfig } from '../config/app-config.js';

/** Make the first workspace and its administrator when the environment names one and there is none yet. */
export const ensureFirstAdmin = async (
  app: INestApplicationContext,
  { email, password }: FirstAdminConfig,
): Promise<void> => {
  if (email === null || password === null) return;
  await app
    .get(CurrentContext)
    .run(systemContext(null), () => app.get(AppBus).execute(new EnsureFirstAdminCommand({ email, password })));
};
