import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../../apps/amocrm-sandbox/src/main.js', import.meta.url));

export interface SandboxCredentials {
  readonly baseUrl: string;
  readonly accountId: number;
  readonly subdomain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  readonly authorizationCode: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** The amoCRM sandbox as a child process on a free port. */
export interface Sandbox {
  readonly baseUrl: string;
  /** Call its control surface, `/_sandbox/<path>`: a GET without a body, a POST with one. */
  control<T = unknown>(path: string, body?: object): Promise<T>;
  credentials(): Promise<SandboxCredentials>;
  stop(): Promise<void>;
}

/** @param env  settings of the sandbox beside the port, e.g. `SANDBOX_DATASET` */
export const startSandbox = async (env: Readonly<Record<string, string>> = {}): Promise<Sandbox> => {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, SANDBOX_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`The sandbox ended with ${String(code)}`))),
  ])) as [string];
  const { baseUrl } = JSON.parse(line) as { baseUrl: string };

  const control = async <T>(path: string, body?: object): Promise<T> => {
    const request = body && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    const answer = await fetch(`${baseUrl}/_sandbox/${path}`, request);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`/_sandbox/${path} answered ${answer.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  return {
    baseUrl,
    control,
    credentials: () => control<SandboxCredentials>('credentials'),
    stop: async () => {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
};
