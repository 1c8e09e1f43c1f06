import type { ClientsTexts } from './keys.js';

/** What the product writes into a client's history, in English. */
export const clientsEn: ClientsTexts = {
  'clients.system.deal_copied': 'Deal {sourceId} was copied: the new deal is {dealId}.',
  'clients.system.deal_moved': 'Deal {dealId} was moved.',
};
