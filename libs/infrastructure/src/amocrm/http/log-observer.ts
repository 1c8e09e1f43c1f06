import type { AmoObserver, FinishedRequest } from './amo-observer.js';

/** The two levels that the client logs at; a pino logger is one of these. */
export interface AmoLog {
  debug(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

/** Writes a line for every exchange: a warning for what failed, else for debugging. */
export const logObserver = (log: AmoLog): AmoObserver => ({
  requestFinished: (request: FinishedRequest) => {
    const { method, path, ...facts } = { ...request, durationMs: Math.round(request.durationMs) };
    const isFine = request.status !== null && request.status < 400;
    log[isFine ? 'debug' : 'warn'](facts, `amoCRM ${method} ${path}`);
  },
  slowedDown: (pauseMs) =>
    log.warn({ pauseMs: Math.round(pauseMs) }, 'amoCRM answered 429: the account is slowed down'),
});

/** One observer that tells several. */
export const combineObservers = (...observers: readonly AmoObserver[]): AmoObserver => ({
  requestFinished: (request) => observers.forEach((observer) => observer.requestFinished?.(request)),
  granted: (lane, waitedMs) => observers.forEach((observer) => observer.granted?.(lane, waitedMs)),
  waiting: (lane, count) => observers.forEach((observer) => observer.waiting?.(lane, count)),
  slowedDown: (pauseMs) => observers.forEach((observer) => observer.slowedDown?.(pauseMs)),
});
