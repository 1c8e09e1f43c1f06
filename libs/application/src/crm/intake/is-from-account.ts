import type { AmoConnectionFacts } from '#domain/crm/amo-connection.js';
import { subdomainOf } from '#domain/crm/connection-state.js';
import type { ReadHook } from '#domain/crm/hooks/read-hook.js';

/**
 * True when a hook says it is from the connected account: amoCRM signs nothing, and the address of a hook may have been
 * entered in another account. The subdomain counts only when there is no id, as in very old hooks.
 */
export const isFromAccount = (
  { accountId, subdomain }: Pick<ReadHook, 'accountId' | 'subdomain'>,
  connection: Pick<AmoConnectionFacts, 'accountId' | 'baseUrl'>,
): boolean => {
  if (accountId !== null) return accountId === connection.accountId;
  return subdomain !== null && subdomain.toLowerCase() === subdomainOf(connection.baseUrl).toLowerCase();
};
