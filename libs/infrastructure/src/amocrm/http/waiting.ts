import { setTimeout as delay } from 'node:timers/promises';

/** Wait for `ms`. @throws the signal's reason when it is aborted meanwhile */
export const waitFor = async (ms: number, signal?: AbortSignal): Promise<void> => {
  try {
    await delay(ms, undefined, { signal });
  } catch (error) {
    throw signal?.reason ?? error;
  }
};

/** `ms` and up to a quarter more, so that processes that failed together do not come back together. */
export const withJitter = (ms: number): number => ms * (1 + Math.random() / 4);
