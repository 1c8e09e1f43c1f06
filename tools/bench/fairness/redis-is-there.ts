import { spawnSync } from 'node:child_process';

/** True when a redis-server can be started; without one only the mode on PostgreSQL is measured. */
export const hasRedisServer = spawnSync('redis-server', ['--version']).status === 0;
