import { Injectable } from '@nestjs/common';
import { CONNECTION_STATES, type ConnectionState } from '#domain/crm/connection-state.js';
import { SystemSql } from '../shared/system-sql.js';

/** Connections of all workspaces, counted by their state. */
@Injectable()
export class PgConnectionCensus {
  constructor(private readonly sql: SystemSql) {}

  /** Every state is there: a figure that falls to 0 must be seen to fall. */
  async count(): Promise<ReadonlyMap<ConnectionState, number>> {
    const rows = await this.sql.rows<{ state: ConnectionState; count: number }>(
      'SELECT state, count(*)::int AS count FROM amo_connections GROUP BY state',
    );
    return new Map([
      ...CONNECTION_STATES.map((state) => [state, 0] as const),
      ...rows.map(({ state, count }) => [state, count] as const),
    ]);
  }
}
