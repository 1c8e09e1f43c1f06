import { setTimeout as delay } from 'node:timers/promises';

/**
 * Ask again until `probe` neither throws nor answers undefined or false, at most `withinMs` milliseconds.
 *
 * @throws the probe's last error, or an Error that says what was still missing
 */
export const eventually = async <T>(
  probe: () => Promise<T> | T,
  {
    withinMs = 10_000,
    everyMs = 25,
    what = 'the expected state',
  }: { withinMs?: number; everyMs?: number; what?: string } = {},
): Promise<Exclude<T, undefined | false>> => {
  const deadline = Date.now() + withinMs;
  for (;;) {
    let failure: unknown = new Error(`${what} was not reached within ${withinMs} ms`);
    try {
      const value = await probe();
      if (value !== undefined && value !== false) return value as Exclude<T, undefined | false>;
    } catch (error) {
      failure = error;
    }
    if (Date.now() >= deadline) throw failure;
    await delay(everyMs);
  }
};
