import { Global, Module } from '@nestjs/common';
import { FIGURES } from '#application/analytics/ports/figures.js';
import { PgFigures } from './pg-figures.js';

const ports = [{ provide: FIGURES, useClass: PgFigures }];

/** The ports of the analytics context on Postgres. */
@Global()
@Module({ providers: ports, exports: ports.map(({ provide }) => provide) })
export class AnalyticsPostgresModule {}
