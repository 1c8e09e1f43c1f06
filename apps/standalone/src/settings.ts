import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the embedded mode makes up once and keeps in its data folder, readable by its owner only. */
export interface LocalSecrets {
  readonly postgresPassword: string;
  readonly loginPassword: string;
  readonly secretKey: string;
  readonly adminPassword: string;
}

/** Read the secrets of a data folder; made on its first start. */
export const localSecrets = (dataDir: string): LocalSecrets => {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'secrets.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as LocalSecrets;
  const word = (bytes: number) => randomBytes(bytes).toString('base64url');
  const secrets = { postgresPassword: word(24), loginPassword: word(24), secretKey: word(36), adminPassword: word(12) };
  // Written whole or not at all: half a file would lock its owner out of the data.
  writeFileSync(`${file}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
  return secrets;
};
