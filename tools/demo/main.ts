import { setTimeout as delay } from 'node:timers/promises';
import { Api } from './api.js';
import { Sandbox } from './sandbox.js';
import { type Standalone, startStandalone } from './standalone.js';
import { tellStory } from './story.js';

const EXIT_INTERRUPTED = 130;
const NEWS_MS = 500;

/** Run the demo from start to clean-up; answers the exit code. */
const demo = async (): Promise<number> => {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => interrupted.abort(new Error('interrupted')));
  const { signal } = interrupted;
  let product: Standalone | undefined;
  try {
    console.log('Starting PostgreSQL, the amoCRM sandbox, the API and a worker in a temporary folder …');
    product = await startStandalone(signal);
    const api = new Api(product.apiUrl, signal);
    await api.signIn(product.administrator.email, product.administrator.password);
    await tellStory(api, new Sandbox(product.sandboxUrl, signal), signal);
    return 0;
  } catch (error) {
    console.error(signal.aborted ? '\nInterrupted' : `\nThe demo failed: ${messageOf(await causeOf(error, product))}`);
    return signal.aborted ? EXIT_INTERRUPTED : 1;
  } finally {
    if (product) console.log('\nStopping everything and removing the folder …');
    await product?.stop();
  }
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A request cut short says little; that the product has ended says why. The news of it may come a moment later. */
const causeOf = (error: unknown, product: Standalone | undefined): Promise<unknown> =>
  Promise.race([product?.crashed.catch((reason: unknown) => reason), delay(NEWS_MS, error)].filter(Boolean));

process.exit(await demo());
