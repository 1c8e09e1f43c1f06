import { type DynamicModule, Module } from '@nestjs/common';
import { PUBLIC_ADDRESS } from '#application/shared/ports/public-address.js';
import {
  AMOCRM_CONFIG,
  APP_CONFIG,
  type AppConfig,
  COPY_CONFIG,
  DATABASE_CONFIG,
  FIRST_ADMIN_CONFIG,
  HTTP_CONFIG,
  MAIL_CONFIG,
  QUEUE_CONFIG,
  SECRET_KEY,
  WORKER_CONFIG,
} from './app-config.js';
import { FILES_CONFIG } from './files-config.js';

/** Hands each part of the configuration to those who need just that part. */
@Module({})
export class ConfigModule {
  static of(config: AppConfig): DynamicModule {
    const sections = [
      { provide: APP_CONFIG, useValue: config },
      { provide: HTTP_CONFIG, useValue: config.http },
      { provide: DATABASE_CONFIG, useValue: config.database },
      { provide: QUEUE_CONFIG, useValue: config.queue },
      { provide: WORKER_CONFIG, useValue: config.worker },
      { provide: COPY_CONFIG, useValue: config.copy },
      { provide: AMOCRM_CONFIG, useValue: config.amocrm },
      { provide: MAIL_CONFIG, useValue: config.mail },
      { provide: FILES_CONFIG, useValue: config.files },
      { provide: PUBLIC_ADDRESS, useValue: config.http.publicUrl },
      { provide: FIRST_ADMIN_CONFIG, useValue: config.firstAdmin },
      { provide: SECRET_KEY, useValue: config.secretKey },
    ];
    return { module: ConfigModule, global: true, providers: sections, exports: sections };
  }
}
