/** Token of the worker's logger; bound in the composition root. */
export const WORKER_LOGGER = Symbol('WorkerLogger');
