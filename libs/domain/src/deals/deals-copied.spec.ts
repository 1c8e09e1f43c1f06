import { describe, expect, it } from '@jest/globals';
import { type AmoDealId, asId, type CopyItemId, type OperationId } from '../shared/ids.js';
import { dealsCopied, MAX_NAMED_CONTACTS, partiesOf } from './deals-copied.js';

const AT = new Date('2026-11-21T09:00:00.000Z');
const copyOf = (n: number) => ({
  itemId: asId<CopyItemId>(`item-${n}`),
  sourceId: asId<AmoDealId>(n),
  dealId: asId<AmoDealId>(1_000 + n),
  contactIds: [n],
  companyId: null,
});

describe('copies that were recorded together', () => {
  it('are told by fifties, each once', () => {
    const copies = Array.from({ length: 101 }, (_, n) => copyOf(n));
    const events = dealsCopied(asId<OperationId>('operation'), copies, AT);
    const told = events.map(({ payload }) => payload['copies'] as readonly object[]);
    expect(told.map(({ length }) => length)).toEqual([50, 50, 1]);
    expect(told.flat()).toEqual(copies);
    expect(events[0]).toMatchObject({ wireName: 'deals.deals_copied', payload: { operationId: 'operation' } });
    expect(dealsCopied(asId<OperationId>('operation'), [], AT)).toEqual([]);
  });

  it('name the main contact first, and not all of very many', () => {
    const contacts = Array.from({ length: 30 }, (_, n) => ({ id: n + 1, isMain: n === 19 }));
    const { contactIds, companyId } = partiesOf({ contacts, companyId: 5 });
    expect([contactIds.length, contactIds.slice(0, 3), companyId]).toEqual([MAX_NAMED_CONTACTS, [20, 1, 2], 5]);
    expect(partiesOf({ contacts: [], companyId: null })).toEqual({ contactIds: [], companyId: null });
  });
});
