import type { ClientsTexts } from './keys.js';

/** What the product writes into a client's history, in Russian. */
export const clientsRu: ClientsTexts = {
  'clients.system.deal_copied': 'Сделка {sourceId} скопирована: новая сделка {dealId}.',
  'clients.system.deal_moved': 'Сделка {dealId} перенесена.',
};
