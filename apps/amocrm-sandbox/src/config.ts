import { changeSettings, DEFAULT_SETTINGS, type Settings } from './settings.js';

export type Dataset = 'demo' | 'empty';

export interface SandboxConfig {
  /** 0 = any free port. */
  readonly port: number;
  readonly host: string;
  /** Folder of the journal; null keeps everything in memory only. */
  readonly dataDir: string | null;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  /** What a sandbox without stored data starts with. */
  readonly dataset: Dataset;
  /** How it behaves from its start and after every reset. */
  readonly settings: Readonly<Settings>;
}

export const DEFAULT_CONFIG: SandboxConfig = {
  port: 3300,
  host: '127.0.0.1',
  dataDir: null,
  clientId: '5d1c6e0a-2f57-4c0e-9b7e-3b1f0a6c9d11',
  clientSecret: 'sandbox-secret-4f1d2c9b7a6e5d8c3b2a190f8e7d6c5b4a3928170f6e5d4c',
  redirectUri: 'http://127.0.0.1:3000/api/v1/crm/oauth/callback',
  dataset: 'demo',
  settings: DEFAULT_SETTINGS,
};

/**
 * Read the configuration from SANDBOX_* variables; unset and empty ones mean the default.
 *
 * @throws Error with one line that names the bad variable
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): SandboxConfig {
  const text = (name: string, fallback: string): string => env[name] || fallback;
  const port = Number(text('SANDBOX_PORT', String(DEFAULT_CONFIG.port)));
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`SANDBOX_PORT must be 0…65535, not "${env['SANDBOX_PORT']}"`);
  const dataset = text('SANDBOX_DATASET', DEFAULT_CONFIG.dataset);
  if (dataset !== 'demo' && dataset !== 'empty')
    throw new Error(`SANDBOX_DATASET must be demo or empty, not "${dataset}"`);
  const redirectUri = text('SANDBOX_REDIRECT_URI', DEFAULT_CONFIG.redirectUri);
  if (!URL.canParse(redirectUri)) throw new Error(`SANDBOX_REDIRECT_URI is no URL: "${redirectUri}"`);
  return {
    port,
    host: text('SANDBOX_HOST', DEFAULT_CONFIG.host),
    dataDir: env['SANDBOX_DATA_DIR'] || null,
    clientId: text('SANDBOX_CLIENT_ID', DEFAULT_CONFIG.clientId),
    clientSecret: text('SANDBOX_CLIENT_SECRET', DEFAULT_CONFIG.clientSecret),
    redirectUri,
    dataset,
    settings: readSettings(text('SANDBOX_SETTINGS', '{}')),
  };
}

function readSettings(json: string): Settings {
  const settings = { ...DEFAULT_SETTINGS };
  const wrong = changeSettings(settings, parsed(json));
  if (wrong) throw new Error(`SANDBOX_SETTINGS: ${wrong}`);
  return settings;
}

function parsed(json: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(json) as Readonly<Record<string, unknown>>;
  } catch {
    throw new Error('SANDBOX_SETTINGS is no JSON');
  }
}
