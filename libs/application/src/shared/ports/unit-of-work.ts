/**
 * Transactions. Repositories find the open one by themselves and throw when there is none.
 * The workspace of the current context is set on the transaction for row-level security.
 */
export interface UnitOfWork {
  /** Run `work` in one read-write transaction; joins the open one. Retried whole on serialisation failures and deadlocks. */
  transact<T>(work: () => Promise<T>): Promise<T>;
  /** Run `work` in one read-only transaction; joins the open one. May read a replica. */
  read<T>(work: () => Promise<T>): Promise<T>;
  /** True inside `transact` or `read`. */
  isOpen(): boolean;
}
export const UNIT_OF_WORK = Symbol('UnitOfWork');
