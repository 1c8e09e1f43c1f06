import { onEvent } from '#application/shared/events/subscriptions.js';
import { type DealCopy, RecordDealCopiesCommand } from './commands/record-deal-copies/record-deal-copies.command.js';

const recordsIn = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'object' && one !== null) : [];
const isId = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;

const copyOf = (copy: Readonly<Record<string, unknown>>): readonly DealCopy[] => {
  const { itemId, sourceId, dealId, contactIds, companyId } = copy;
  if (typeof itemId !== 'string' || !isId(sourceId) || !isId(dealId)) return [];
  const contacts = Array.isArray(contactIds) ? contactIds.filter(isId) : [];
  return [{ itemId, sourceId, dealId, contactIds: contacts, companyId: isId(companyId) ? companyId : null }];
};

onEvent('deals.deals_copied', ({ payload: { copies, at } }) => {
  const moment = typeof at === 'string' ? new Date(at) : null;
  return new RecordDealCopiesCommand(recordsIn(copies).flatMap(copyOf), moment);
});
