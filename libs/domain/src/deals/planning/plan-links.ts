import type { CopyOptions } from '../copy-options.js';
import type { DealDraft } from '../copy-plan.js';
import { remark } from '../remarks.js';
import type { SourceDeal } from '../source-deal.js';
import { withinLimit } from './limits.js';
import { builtIn, changed, cleared, kept, planned, type PlannedPart } from './part.js';

type Contacts = DealDraft['contacts'];

/** The deal's contacts with exactly one main, which comes first; the first one becomes main when none is. */
const withOneMain = (contacts: Contacts): Contacts => {
  const ids = new Set(contacts.map(({ id }) => id));
  const main = contacts.find(({ isMain }) => isMain)?.id ?? contacts[0]?.id;
  if (main === undefined) return [];
  ids.delete(main);
  return [{ id: main, isMain: true }, ...[...ids].map((id) => ({ id, isMain: false }))];
};

/** The contacts of a copy. */
export const planContacts = (source: SourceDeal, rule: CopyOptions['contacts']): PlannedPart<Contacts> => {
  const before = source.contacts.map(({ id }) => id);
  if (before.length === 0) return planned([], []);
  if (rule === 'none') return planned([], [cleared(builtIn('contacts'), before, remark('deals.remark.by_options'))]);
  const { entries, over } = withinLimit('contacts', withOneMain(source.contacts));
  const after = entries.map(({ id }) => id);
  return planned(entries, [
    over.length === 0 ? kept(builtIn('contacts'), after) : changed(builtIn('contacts'), before, after),
    ...over,
  ]);
};

/** The company of a copy. */
export const planCompany = ({ companyId }: SourceDeal, rule: CopyOptions['company']): PlannedPart<number | null> => {
  if (companyId === null) return planned(null, []);
  return rule === 'none'
    ? planned(null, [cleared(builtIn('company'), companyId, remark('deals.remark.by_options'))])
    : planned(companyId, [kept(builtIn('company'), companyId)]);
};

const keyOf = (tag: string): string => tag.trim().toLowerCase();

/** The first spelling of each tag, in order; amoCRM keeps one tag for spellings that differ in case. */
const distinct = (tags: readonly string[]): readonly string[] => {
  const byKey = new Map<string, string>();
  for (const tag of tags) if (keyOf(tag) !== '' && !byKey.has(keyOf(tag))) byKey.set(keyOf(tag), tag.trim());
  return [...byKey.values()];
};

/** The tags of a copy: the source's without the removed ones, then the added ones. */
export const planTags = (source: SourceDeal, rule: CopyOptions['tags']): PlannedPart<readonly string[]> => {
  const removed = new Set(rule.remove.map(keyOf));
  const copied = rule.copy ? source.tags.filter((tag) => !removed.has(keyOf(tag))) : [];
  const { entries, over } = withinLimit('tags', distinct([...copied, ...rule.add]));
  const before = source.tags;
  const named = builtIn('tags');
  if (before.length === 0 && entries.length === 0) return planned([], []);
  if (entries.length === 0) return planned([], [cleared(named, before, remark('deals.remark.by_options'))]);
  const isSame = before.length === entries.length && before.every((tag, index) => tag === entries[index]);
  return planned(entries, [isSame ? kept(named, before) : changed(named, before, entries), ...over]);
};

/** The price of a copy; null = amoCRM's own 0. */
export const planPrice = (source: SourceDeal, rule: CopyOptions['price']): PlannedPart<number | null> => {
  const named = builtIn('price');
  const isAmount = (value: number | undefined): value is number =>
    value !== undefined && Number.isFinite(value) && value >= 0;
  if (rule.policy === 'clear') return planned(null, [cleared(named, source.price, remark('deals.remark.by_options'))]);
  if (rule.policy === 'keep' && isAmount(source.price)) return planned(source.price, [kept(named, source.price)]);
  if (rule.policy === 'set' && isAmount(rule.value)) {
    return planned(rule.value, [
      rule.value === source.price ? kept(named, rule.value) : changed(named, source.price, rule.value),
    ]);
  }
  const reason = remark('deals.remark.price_invalid');
  return planned(null, [cleared(named, source.price, reason)], [reason]);
};
