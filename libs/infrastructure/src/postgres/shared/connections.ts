import type { Pool, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';

/** A connection for one unit of work, and how to give it back. */
export interface Lease {
  readonly client: PoolClient;
  readonly release: () => void;
}

export type TakeLease = (error: Error | null, lease: Lease | null) => void;

// A connection that breaks while it is lent says so to whoever waits for an answer, and leaves the pool by itself.
const ignoreLoss = (): void => undefined;
const watched = new WeakSet<PoolClient>();

/**
 * Connections of a data source, without the query runner that TypeORM would put around each: it costs more than the
 * statement.
 *
 * @param dataSource  initialised
 */
export const lease = (dataSource: DataSource, take: TakeLease): void => {
  const pool = (dataSource.driver as PostgresDriver).master as Pool | undefined;
  if (!pool) {
    take(new Error('The data source is not connected'), null);
    return;
  }
  pool.connect((error, client, release) => {
    if (error || !client) {
      take(error ?? new Error('The pool gave no connection'), null);
      return;
    }
    // `pg` throws an error event that nobody listens to.
    if (!watched.has(client)) {
      watched.add(client);
      client.on('error', ignoreLoss);
    }
    take(null, { client, release: () => release() });
  });
};

/** `lease` for who waits. */
export const leased = (dataSource: DataSource): Promise<Lease> =>
  new Promise((resolve, reject) => {
    lease(dataSource, (error, taken) => {
      if (taken) resolve(taken);
      else reject(error ?? new Error('No connection'));
    });
  });
