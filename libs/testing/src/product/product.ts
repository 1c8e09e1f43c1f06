import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomBytes } from 'node:crypto';
import { eventually } from '../eventually.js';
import { ApiClient, type Credentials } from './api-client.js';
import { ChildService } from './child-service.js';
import { freePort } from './free-port.js';
import { send } from './http-answer.js';
import { PostgresService } from './postgres-service.js';
import { redisFor } from './redis-service.js';
import { logsOf, productFolder } from './run-folder.js';
import { SandboxClient } from './sandbox-client.js';
import type { Service } from './service.js';

export type ProductMode = 'postgres' | 'redis';

export interface ProductOptions {
  /** Where BullMQ keeps its jobs. */
  readonly mode: ProductMode;
  /** Worker processes, named worker-1, worker-2 … */
  readonly workers?: number;
  /** More settings for API and workers. */
  readonly env?: Readonly<Record<string, string>>;
  /** Settings for the workers only. */
  readonly workerEnv?: Readonly<Record<string, string>>;
  /** How the sandbox behaves from its start, also after a death. */
  readonly sandboxSettings?: object;
  /** Each account at a name of its own under localhost, instead of all wherever the sandbox listens. */
  readonly accountHosts?: boolean;
  /** For the names of folders. */
  readonly name?: string;
}

/** The mode that the environment asks for. */
export const modeFromEnvironment = (): ProductMode => (process.env.E2E_MODE === 'redis' ? 'redis' : 'postgres');

const DIST = join(dirname(fileURLToPath(import.meta.url)), '../../../..');
const program = (app: string): string => join(DIST, 'apps', app, 'src/main.js');
const secret = (): string => randomBytes(24).toString('base64url');
const CLIENT_ID = '7b0c6b4e-6f6e-4f0a-9a9c-2d6a5a000001';
const READY_WITHIN_MS = 30_000;

/** What must never show up in a log. */
export interface Secrets {
  readonly secretKey: string;
  readonly clientSecret: string;
  readonly adminPassword: string;
  readonly superuserPassword: string;
  readonly loginPassword: string;
}

/** The whole product as processes of their own, connected to a sandbox, its administrator signed in. */
export class Product {
  private constructor(
    readonly mode: ProductMode,
    readonly folder: string,
    readonly api: ApiClient,
    readonly sandbox: SandboxClient,
    readonly postgres: PostgresService,
    readonly administrator: Credentials,
    readonly secrets: Secrets,
    private readonly services: ReadonlyMap<string, Service>,
  ) {}

  static async start({
    mode,
    workers = 1,
    env = {},
    workerEnv = {},
    sandboxSettings = {},
    accountHosts = false,
    name = 'product',
  }: ProductOptions): Promise<Product> {
    const folder = productFolder(name);
    const secrets = {
      secretKey: secret(),
      clientSecret: secret(),
      adminPassword: secret(),
      superuserPassword: secret(),
      loginPassword: secret(),
    };
    const started: Service[] = [];
    try {
      const [apiPort, sandboxPort, postgresPort] = await Promise.all([freePort(), freePort(), freePort()]);
      const apiUrl = `http://127.0.0.1:${apiPort}`;
      const sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
      const postgres = await PostgresService.create(
        folder,
        { superuser: secrets.superuserPassword, login: secrets.loginPassword },
        postgresPort,
      );
      started.push(postgres);
      const redis = mode === 'redis' ? await redisFor(folder) : null;
      const administrator = { email: 'admin@example.com', password: secrets.adminPassword };
      const shared = {
        PORT: String(apiPort),
        PUBLIC_URL: apiUrl,
        DATABASE_URL: postgres.url,
        DATABASE_POOL_SIZE: '8',
        ...(redis && { REDIS_URL: redis.url }),
        SDELKA_SECRET_KEY: secrets.secretKey,
        SDELKA_ADMIN_EMAIL: administrator.email,
        SDELKA_ADMIN_PASSWORD: administrator.password,
        AMOCRM_BASE_URL: accountHosts ? `http://localhost:${sandboxPort}` : sandboxUrl,
        AMOCRM_CLIENT_ID: CLIENT_ID,
        AMOCRM_CLIENT_SECRET: secrets.clientSecret,
        COPY_SETTLE_MS: '6000',
        AMOCRM_REQUEST_TIMEOUT_MS: '2000',
        WORKER_STALLED_AFTER_MS: '2000',
        LOG_LEVEL: 'debug',
        SDELKA_DATA_DIR: join(folder, 'data'),
        ...env,
      };
      const children = [
        sandboxService(folder, sandboxPort, apiUrl, secrets.clientSecret, {
          ...(accountHosts && { accountHosts: 'own' }),
          ...sandboxSettings,
        }),
        childOf('api', 'api', folder, shared, `${apiUrl}/health/ready`),
        ...(await Promise.all(
          Array.from({ length: workers }, (_, index) =>
            workerService(`worker-${index + 1}`, folder, { ...shared, ...workerEnv }),
          ),
        )),
      ];
      const services = new Map<string, Service>(
        [postgres, ...(redis ? [redis.service] : []), ...children].map((service) => [service.name, service]),
      );
      if (redis) started.push(redis.service);
      await redis?.service.start();
      started.push(...children);
      await Promise.all(children.map((child) => child.start()));
      const product = new Product(
        mode,
        folder,
        new ApiClient(apiUrl),
        new SandboxClient(sandboxUrl),
        postgres,
        administrator,
        secrets,
        services,
      );
      await product.connect();
      return product;
    } catch (error) {
      for (const service of started.reverse()) await service.kill('SIGKILL');
      throw error;
    }
  }

  /** A part by its name: postgres, redis, sandbox, api, worker-1 … */
  service(name: string): Service {
    const service = this.services.get(name);
    if (!service) throw new Error(`The product has no ${name}`);
    return service;
  }

  get hasRedis(): boolean {
    return this.services.has('redis');
  }

  /** A part that is a process of Node.js. */
  child(name: string): ChildService {
    const service = this.service(name);
    if (!(service instanceof ChildService)) throw new Error(`${name} is no child process`);
    return service;
  }

  async kill(name: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await this.service(name).kill(signal);
  }

  async restart(name: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await this.kill(name, signal);
    await this.service(name).start();
  }

  /** Everything that the processes wrote so far. */
  logs(): readonly { readonly name: string; readonly text: string }[] {
    return logsOf(this.folder);
  }

  /** Stop everything; the data goes, the logs stay until the run has ended well. */
  async stop(): Promise<void> {
    const order = [...this.services.values()].reverse();
    for (const service of order) await service.kill(service.name === 'postgres' ? 'SIGINT' : 'SIGKILL');
    for (const name of ['postgres', 'sandbox', 'redis', 'data'])
      rmSync(join(this.folder, name), { recursive: true, force: true });
  }

  /** Through the real OAuth flow: our consent address, the sandbox's user agrees, the browser's way back is walked. */
  async connect(): Promise<void> {
    await this.api.signIn(this.administrator);
    const landed = await send(await this.consent());
    if (landed.status !== 200) throw new Error(`The connection was refused: ${JSON.stringify(landed.body)}`);
    await eventually(() => this.api.directory(), { withinMs: READY_WITHIN_MS, everyMs: 200 });
  }

  /** Begin to connect and agree. @returns the address that the browser is sent back to */
  async consent(): Promise<string> {
    const { authorizeUrl } = await this.api.ok<{ authorizeUrl: string }>('POST', '/api/v1/crm/connection/start');
    const asked = new URL(authorizeUrl).searchParams;
    const consent = { clientId: asked.get('client_id'), state: asked.get('state') };
    const { redirectUrl } = await this.sandbox.control<{ redirectUrl: string }>('POST', '/consent', consent);
    return redirectUrl;
  }
}

const childOf = (
  name: string,
  app: string,
  folder: string,
  env: Readonly<Record<string, string>>,
  readyUrl: string,
): ChildService =>
  new ChildService({
    name,
    command: [process.execPath, '--enable-source-maps', program(app)],
    env,
    folder,
    isReady: async () => (await send(readyUrl)).status === 200,
  });

const sandboxService = (
  folder: string,
  port: number,
  apiUrl: string,
  clientSecret: string,
  settings: object,
): ChildService => {
  const dataDir = join(folder, 'sandbox');
  mkdirSync(dataDir);
  const env = {
    SANDBOX_PORT: String(port),
    SANDBOX_DATA_DIR: dataDir,
    SANDBOX_CLIENT_ID: CLIENT_ID,
    SANDBOX_CLIENT_SECRET: clientSecret,
    SANDBOX_SETTINGS: JSON.stringify(settings),
    SANDBOX_REDIRECT_URI: `${apiUrl}/api/v1/crm/oauth/callback`,
  };
  return childOf('sandbox', 'amocrm-sandbox', folder, env, `http://127.0.0.1:${port}/_sandbox/health`);
};

const workerService = async (
  name: string,
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<ChildService> => {
  const port = await freePort();
  return childOf(
    name,
    'worker',
    folder,
    { ...env, WORKER_HEALTH_PORT: String(port) },
    `http://127.0.0.1:${port}/health/ready`,
  );
};
