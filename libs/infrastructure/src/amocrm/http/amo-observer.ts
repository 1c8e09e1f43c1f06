import type { TroubledState } from '#domain/crm/connection-state.js';
import type { Lane } from '#application/deals/ports/amo-deals.js';
import type { BudgetObserver } from '../budget/request-budget.js';
import type { Method } from './amo-transport.js';

/** One exchange with amoCRM; ids are cut from the path, bodies and tokens are never part of it. */
export interface FinishedRequest {
  readonly method: Method;
  /** Path with `{id}` in place of ids, without the query. */
  readonly path: string;
  readonly lane: Lane;
  /** HTTP status, or null when no whole answer came. */
  readonly status: number | null;
  readonly durationMs: number;
  /** amoCRM's `X-Request-Id`, for its support. */
  readonly requestId: string | null;
}

/** Sees what the client does; for logs and gauges. */
export interface AmoObserver extends BudgetObserver {
  requestFinished?(request: FinishedRequest): void;
  /** An answer ended all calls of an account until a person acts. */
  stopped?(state: TroubledState): void;
}

/** `/api/v4/leads/17/notes` as `/api/v4/leads/{id}/notes`. */
export const pathTemplate = (path: string): string => path.replace(/\/\d+(?=\/|$)/g, '/{id}');
