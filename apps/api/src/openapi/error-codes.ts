import { sharedErrors } from '#domain/shared/shared.errors.js';
import { crmErrors } from '#application/crm/index.js';
import { dealsErrors } from '#application/deals/index.js';
import { identityErrors } from '#application/identity/index.js';

/** Every stable error code of the API, for the document: front ends switch on them. */
export const ERROR_CODES: readonly string[] = [sharedErrors, identityErrors, crmErrors, dealsErrors]
  .flatMap((table) => Object.keys(table))
  .sort();
