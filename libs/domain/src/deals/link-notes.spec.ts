import { describe, expect, it } from '@jest/globals';
import { linkNoteItem, linkNotes, linkToken } from './link-notes.js';
import { ITEM_ID, dealId } from './spec-samples.js';

describe('linkNotes', () => {
  it('points both ways and ends with the item’s token', () => {
    const { onCopy, onSource } = linkNotes(dealId(7), dealId(8), ITEM_ID);
    expect(onCopy).toEqual({
      type: 'common',
      params: { text: `Копия сделки #7\n${linkToken(ITEM_ID)}` },
      createdAt: null,
      createdBy: null,
    });
    expect(onSource.params['text']).toBe(`Сделка скопирована, копия #8\n${linkToken(ITEM_ID)}`);
  });

  it('shows addresses when it is told how they are made', () => {
    const { onCopy } = linkNotes(dealId(7), dealId(8), ITEM_ID, (id) => `https://demo.amocrm.ru/leads/detail/${id}`);
    expect(onCopy.params['text']).toContain('#7: https://demo.amocrm.ru/leads/detail/7\n');
  });

  it('is recognised again, also with blanks after it', () => {
    const { onCopy, onSource } = linkNotes(dealId(7), dealId(8), ITEM_ID);
    expect(linkNoteItem(onCopy)).toBe(ITEM_ID);
    expect(linkNoteItem(onSource)).toBe(ITEM_ID);
    expect(linkNoteItem({ type: 'common', params: { text: `x ${linkToken(ITEM_ID)} \n` } })).toBe(ITEM_ID);
  });

  it.each([
    ['common', { text: 'Договорились' }],
    ['common', { text: null }],
    ['common', {}],
    ['common', { text: '[sdelka:nothing]' }],
    ['common', { text: `${linkToken(ITEM_ID)} и ещё слова` }],
    ['sms_in', { text: linkToken(ITEM_ID) }],
  ])('takes no other note for one: %s %j', (type, params) => {
    expect(linkNoteItem({ type, params })).toBeUndefined();
  });
});
