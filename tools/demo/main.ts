import { Api } from './api.js';
import { Sandbox } from './sandbox.js';
import { startStandalone } from './standalone.js';
import { tellStory } from './story.js';

const EXIT_INTERRUPTED = 130;

/** Run the demo from start to clean-up; answers the exit code. */
const demo = async (): Promise<number> => {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => interrupted.abort(new Error('interrupted')));
  const { signal } = interrupted;
  const stoppers: (() => Promise<void>)[] = [];
  try {
    console.log('Starting PostgreSQL, the amoCRM sandbox, the API and a worker in a temporary folder …');
    const product = await startStandalone(signal);
    stoppers.push(() => product.stop());
    const api = new Api(product.apiUrl, signal);
    await api.signIn(product.administrator.email, product.administrator.password);
    await Promise.race([tellStory(api, new Sandbox(product.sandboxUrl, signal), signal), product.crashed]);
    return 0;
  } catch (error) {
    console.error(
      signal.aborted ? '\nInterrupted' : `\nThe demo failed: ${error instanceof Error ? error.message : String(error)}`,
    );
    return signal.aborted ? EXIT_INTERRUPTED : 1;
  } finally {
    if (stoppers.length > 0) console.log('\nStopping everything and removing the folder …');
    for (const stop of stoppers) await stop();
  }
};

process.exit(await demo());
