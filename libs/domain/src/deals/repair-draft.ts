import type { CopyDirectory } from './copy-directory.js';
import type { CopyRemark, DealDraft } from './copy-plan.js';
import { userName } from './planning/plan-responsible.js';
import { remark } from './remarks.js';

/** One fault that amoCRM found in a deal: `path` in dot notation from the deal as it was sent, indexes from 0. */
export interface DraftIssue {
  readonly code: string;
  readonly path: string;
}

export interface RepairedDraft {
  readonly draft: DealDraft;
  readonly remarks: readonly CopyRemark[];
}

type Directory = Pick<CopyDirectory, 'users' | 'leadFields' | 'markerFieldId'>;

/** What has to come off, gathered first: taking things off one by one would move the indexes of the next fault. */
interface Faults {
  readonly fields: Set<number>;
  readonly values: Map<number, Set<number>>;
  readonly tags: Set<number>;
  readonly contacts: Set<number>;
  company: boolean;
  responsible: boolean;
  price: boolean;
}

const indexOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;

const allOf = (list: readonly unknown[]): readonly number[] => list.map((_, index) => index);

/** The entry that a path names, or the whole list when it names none; undefined when there is no such entry. */
const named = (list: readonly unknown[], at: string | undefined): readonly number[] | undefined => {
  if (list.length === 0) return undefined;
  if (at === undefined) return allOf(list);
  const index = indexOf(at);
  return index !== undefined && index < list.length ? [index] : undefined;
};

const noteField = (
  faults: Faults,
  draft: DealDraft,
  [at, member, valueAt]: readonly (string | undefined)[],
): boolean => {
  const index = indexOf(at);
  const field = index === undefined ? undefined : draft.fields[index];
  if (index === undefined || !field) return false;
  const valueIndex = member === 'values' ? indexOf(valueAt) : undefined;
  if (valueIndex === undefined || valueIndex >= field.values.length) {
    faults.fields.add(index);
    return true;
  }
  const values = faults.values.get(index) ?? new Set<number>();
  faults.values.set(index, values.add(valueIndex));
  return true;
};

const noteAll = (faults: Set<number>, indexes: readonly number[] | undefined): boolean => {
  for (const index of indexes ?? []) faults.add(index);
  return indexes !== undefined;
};

/** Take down one fault; false when nothing can come off for it. */
const noteFault = (faults: Faults, draft: DealDraft, { path }: DraftIssue): boolean => {
  const steps = path.split('.');
  const [head, second, ...rest] = steps[0] === '_embedded' ? steps.slice(1) : steps;
  switch (head) {
    case 'custom_fields_values':
      return noteField(faults, draft, [second, ...rest]);
    case 'tags':
    case 'tags_to_add':
      return noteAll(faults.tags, named(draft.tags, second));
    case 'contacts':
      return noteAll(faults.contacts, named(draft.contacts, second));
    case 'companies':
      return draft.companyId !== null && (faults.company = true);
    case 'responsible_user_id':
      return draft.responsibleUserId !== null && (faults.responsible = true);
    case 'price':
      // A rounded price is nearly right; a copy without its price would be wrong and nobody would look.
      return draft.price !== null && !Number.isInteger(draft.price) && (faults.price = true);
    default:
      return false;
  }
};

const repairFields = (
  draft: DealDraft,
  faults: Faults,
  directory: Directory,
): readonly [DealDraft['fields'], CopyRemark[]] => {
  const remarks: CopyRemark[] = [];
  const fields = draft.fields.flatMap((field, index) => {
    const bad = faults.values.get(index);
    const name = directory.leadFields.find(({ id }) => id === field.fieldId)?.name ?? `#${field.fieldId}`;
    const values = field.values.filter((_, at) => !bad?.has(at));
    if (faults.fields.has(index) || values.length === 0) {
      remarks.push(remark('deals.remark.refused_field', { field: name }));
      return [];
    }
    if (bad) remarks.push(remark('deals.remark.refused_field_value', { field: name }));
    return [{ ...field, values }];
  });
  return [fields, remarks];
};

const repairContacts = (draft: DealDraft, { contacts }: Faults): DealDraft['contacts'] => {
  const left = draft.contacts.filter((_, index) => !contacts.has(index));
  return left.some(({ isMain }) => isMain) ? left : left.map(({ id }, index) => ({ id, isMain: index === 0 }));
};

const scalarRemarks = (draft: DealDraft, faults: Faults, directory: Directory): readonly CopyRemark[] => {
  const { price, responsibleUserId: user, companyId: company } = draft;
  return [
    ...(faults.responsible && user !== null
      ? [remark('deals.remark.refused_responsible', { user: userName(directory, user) })]
      : []),
    ...(faults.company && company !== null ? [remark('deals.remark.refused_company', { company })] : []),
    ...(faults.price && price !== null
      ? [remark('deals.remark.price_rounded', { before: price, after: Math.round(price) })]
      : []),
  ];
};

/**
 * Take off a deal what amoCRM refused it for, so that the rest can be created.
 *
 * @param issues  all faults of this one deal (amoCRM API: errors)
 * @returns  null when a copy without the refused part would be no copy (name, pipeline, stage, the marker), when the
 *           price cannot be made acceptable, or when a fault names nothing in the draft
 */
export const repairDraft = (
  draft: DealDraft,
  issues: readonly DraftIssue[],
  directory: Directory,
): RepairedDraft | null => {
  const faults: Faults = {
    fields: new Set(),
    values: new Map(),
    tags: new Set(),
    contacts: new Set(),
    company: false,
    responsible: false,
    price: false,
  };
  if (issues.length === 0 || !issues.every((fault) => noteFault(faults, draft, fault))) return null;
  // Without its marker a copy could be made twice.
  const marker = draft.fields.findIndex(({ fieldId }) => fieldId === directory.markerFieldId);
  if (faults.fields.has(marker) || faults.values.has(marker)) return null;
  const [fields, fieldRemarks] = repairFields(draft, faults, directory);
  return {
    draft: {
      ...draft,
      fields,
      price: faults.price && draft.price !== null ? Math.round(draft.price) : draft.price,
      responsibleUserId: faults.responsible ? null : draft.responsibleUserId,
      companyId: faults.company ? null : draft.companyId,
      tags: draft.tags.filter((_, index) => !faults.tags.has(index)),
      contacts: faults.contacts.size > 0 ? repairContacts(draft, faults) : draft.contacts,
    },
    remarks: [
      ...fieldRemarks,
      ...scalarRemarks(draft, faults, directory),
      ...draft.contacts.flatMap(({ id }, at) =>
        faults.contacts.has(at) ? [remark('deals.remark.refused_contact', { contact: id })] : [],
      ),
      ...draft.tags.flatMap((tag, at) => (faults.tags.has(at) ? [remark('deals.remark.refused_tag', { tag })] : [])),
    ],
  };
};
