import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** How to start PostgreSQL, which refuses to run as root. */
export interface RunAs {
  /** Words to put before the command. */
  readonly prefix: readonly string[];
  /** Another user to run as, who must then own the data. */
  readonly uid?: number;
  readonly gid?: number;
}

const NOBODY = 65_534;

/**
 * As an ordinary user: as ourselves. As root: first choice is a user namespace in which we are `nobody` while files
 * still belong to root, so that it works below folders that only root may enter (a fresh `mktemp -d`) and makes no
 * users. Where namespaces are not allowed: as the user `postgres` or `nobody`.
 */
export const choosePostgresUser = (): RunAs => {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const namespace = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`];
  if (spawnSync(namespace[0]!, [...namespace.slice(1), 'true']).status === 0) return { prefix: namespace };
  return { prefix: [], ...systemUser() };
};

/**
 * Words that make a command end when its parent dies, however that happens; none where util-linux lacks them. To be put
 * after those of the namespace: entering one clears the setting.
 */
export const endsWithParent = (): readonly string[] =>
  spawnSync('setpriv', ['--pdeathsig', 'INT', 'true']).status === 0 ? ['setpriv', '--pdeathsig', 'INT'] : [];

const systemUser = (): { uid: number; gid: number } => {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('postgres:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  return { uid: Number(uid ?? NOBODY), gid: Number(gid ?? NOBODY) };
};
