import { Slot } from '../context/surroundings.js';

const store = new Slot<string>();

/** Name of the outermost command at hand (`CopyDeals`), for the audit trail; undefined outside of one. */
export const currentMessage = (): string | undefined => store.get();

/** Run `work` as part of the message `name`; an outer message keeps its name. */
export const asMessage = <T>(name: string, work: () => Promise<T>): Promise<T> =>
  store.get() === undefined ? store.run(name, work) : work();
