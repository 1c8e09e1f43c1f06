import { join } from 'node:path';
import pg from 'pg';
import { EmbeddedPostgres } from '#infrastructure/embedded/embedded-postgres.js';
import { migrate } from '#infrastructure/postgres/shared/migrate.js';
import { runQueueMigrations } from '#infrastructure/queue/queue-migrations.js';
import type { Service } from './service.js';

const DATABASE = 'sdelka';
const LOGIN = 'sdelka_login';

/**
 * The product's PostgreSQL. Nothing is forced to disk: the death of a process loses nothing that it had written, only
 * that of the machine would.
 */
export class PostgresService implements Service {
  readonly name = 'postgres';
  #server: EmbeddedPostgres | null = null;

  private constructor(
    private readonly dataDir: string,
    private readonly password: string,
    private readonly loginPassword: string,
    private readonly port: number,
  ) {}

  /** Make the cluster, its database and the login of the application, and migrate. */
  static async create(
    folder: string,
    passwords: { superuser: string; login: string },
    port: number,
  ): Promise<PostgresService> {
    const service = new PostgresService(join(folder, 'postgres'), passwords.superuser, passwords.login, port);
    await service.start();
    try {
      await service.query('postgres', `CREATE DATABASE ${DATABASE}`);
      await migrate(service.ownerUrl);
      await runQueueMigrations(service.ownerUrl);
      await service.query(DATABASE, `CREATE ROLE ${LOGIN} LOGIN PASSWORD '${passwords.login}'`);
      await service.query(DATABASE, `GRANT sdelka_app, sdelka_system TO ${LOGIN}`);
      return service;
    } catch (error) {
      await service.kill('SIGINT');
      throw error;
    }
  }

  get isRunning(): boolean {
    return this.#server !== null;
  }

  /** Login of the application; owns nothing. */
  get url(): string {
    return `postgres://${LOGIN}:${this.loginPassword}@127.0.0.1:${this.port}/${DATABASE}`;
  }

  get ownerUrl(): string {
    return `postgres://postgres:${this.password}@127.0.0.1:${this.port}/${DATABASE}`;
  }

  async start(): Promise<void> {
    this.#server = await EmbeddedPostgres.start({
      dataDir: this.dataDir,
      password: this.password,
      port: this.port,
      outlives: 'process-death',
    });
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = null;
    if (signal === 'SIGKILL') process.kill(server.pid, signal);
    else await server.stop();
    await server.exited;
  }

  /** As the superuser, past row-level security. */
  async query<R extends pg.QueryResultRow>(
    database: string,
    sql: string,
    values: readonly unknown[] = [],
  ): Promise<readonly R[]> {
    const client = new pg.Client({ connectionString: this.ownerUrl.replace(/\/\w+$/, `/${database}`) });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<R>(sql, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  /** Do `work` while another session holds what the statement takes; it is rolled back afterwards. */
  async during<T>(database: string, sql: string, values: readonly unknown[], work: () => Promise<T>): Promise<T> {
    const holder = new pg.Client({ connectionString: this.ownerUrl.replace(/\/\w+$/, `/${database}`) });
    await holder.connect();
    try {
      await holder.query('BEGIN');
      await holder.query(sql, [...values]);
      return await work();
    } finally {
      await holder.end();
    }
  }
}
