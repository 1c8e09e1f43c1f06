/** Where the Redis of an installation is. */
export type RedisTarget =
  | { readonly kind: 'single'; readonly url: string }
  | (RedisLogin & { readonly kind: 'sentinel'; readonly hosts: readonly RedisHost[]; readonly master: string })
  | (RedisLogin & { readonly kind: 'cluster'; readonly hosts: readonly RedisHost[] });

export interface RedisHost {
  readonly host: string;
  readonly port: number;
}

interface RedisLogin {
  readonly username?: string;
  readonly password?: string;
}

const MANY = /^redis\+(sentinel|cluster):\/\/(?:([^:@/]*):([^@/]*)@)?([^/]+)(?:\/([\w.-]+))?$/;
const HOST = /^(\[[0-9a-fA-F:]+\]|[\w.-]+)(?::(\d{1,5}))?$/;
const DEFAULT_PORT = { sentinel: 26_379, cluster: 6_379 } as const;

/**
 * Read a Redis address: `redis://host:port/db` or `rediss://…` for one server,
 * `redis+sentinel://user:password@host,host:port/master` for Sentinel, `redis+cluster://user:password@host,host` for a
 * cluster. Undefined for anything else.
 */
export const parseRedisTarget = (text: string): RedisTarget | undefined => {
  if (URL.canParse(text) && ['redis:', 'rediss:'].includes(new URL(text).protocol))
    return { kind: 'single', url: text };
  const [, kind, username, password, list = '', master] = MANY.exec(text) ?? [];
  if (kind !== 'sentinel' && kind !== 'cluster') return undefined;
  const hosts = list.split(',').map((part) => hostOf(part, DEFAULT_PORT[kind]));
  if (hosts.some((host) => host === undefined)) return undefined;
  const login = {
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
    hosts: hosts.flatMap((host) => host ?? []),
  };
  if (kind === 'cluster') return master === undefined ? { kind, ...login } : undefined;
  return master === undefined ? undefined : { kind, master, ...login };
};

const hostOf = (text: string, defaultPort: number): RedisHost | undefined => {
  const [, host, port] = HOST.exec(text.trim()) ?? [];
  if (!host || Number(port) > 65_535) return undefined;
  return { host: host.replace(/^\[|\]$/g, ''), port: port ? Number(port) : defaultPort };
};
