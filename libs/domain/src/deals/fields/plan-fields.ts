import type { CopyDirectory, CopyField } from '../copy-directory.js';
import type { CopyOptions, FieldRule } from '../copy-options.js';
import type { CopyDifference, CopyRemark, DealDraft } from '../copy-plan.js';
import { changed, cleared, kept, planned, skipped, type Named, type PlannedPart } from '../planning/part.js';
import { remark } from '../remarks.js';
import type { FieldValue, FilledField, SourceDeal } from '../source-deal.js';
import { fieldText } from './field-text.js';
import { keepField } from './keep-field.js';
import { setField, type SetContext } from './set-field.js';

type DraftFields = DealDraft['fields'];

interface FieldPlan {
  readonly values: readonly FieldValue[];
  readonly difference?: CopyDifference;
  readonly warnings?: readonly CopyRemark[];
}

/** Choices by their texts, as the source shows them too. */
const valuesText = (values: readonly FieldValue[], { type, choices }: CopyField, timeZone: string): string =>
  fieldText(
    {
      type,
      values: values.map((value) => ({
        ...value,
        value: choices.find(({ id }) => id === value['enum_id'])?.value ?? value['value'],
      })),
    },
    timeZone,
  );

const named = (fieldId: number, name: string): Named => ({ part: `field:${fieldId}`, label: name });

const planKept = (filled: FilledField, field: CopyField | undefined, timeZone: string): FieldPlan => {
  const before = fieldText(filled, timeZone);
  const name = named(filled.fieldId, field?.name ?? filled.name);
  const { values, remarks } = keepField(filled, field);
  const [reason] = remarks;
  if (values.length === 0) return { values, ...(reason && { difference: skipped(name, before, reason) }) };
  if (!reason || !field) return { values, difference: kept(name, before) };
  return { values, difference: changed(name, before, valuesText(values, field, timeZone), reason), warnings: remarks };
};

const planSet = (
  rule: FieldRule,
  field: CopyField,
  filled: FilledField | undefined,
  context: SetContext,
): FieldPlan => {
  const before = filled && fieldText(filled, context.timeZone);
  const name = named(field.id, field.name);
  const result = setField(rule.value, field, context);
  if ('fault' in result) {
    const code = field.isComputed ? 'deals.remark.field_computed' : 'deals.remark.field_value_invalid';
    const reason = remark(code, { field: field.name });
    return { values: [], difference: skipped(name, before, reason), warnings: [reason] };
  }
  if (result.values.length === 0) {
    const reason = remark('deals.remark.field_value_empty', { field: field.name });
    return { values: [], difference: cleared(name, before, reason) };
  }
  const after = valuesText(result.values, field, context.timeZone);
  return { values: result.values, difference: before === after ? kept(name, after) : changed(name, before, after) };
};

const planUnknown = (rule: FieldRule): FieldPlan => {
  const reason = remark('deals.remark.field_gone', { field: `#${rule.fieldId}` });
  return {
    values: [],
    difference: skipped(named(rule.fieldId, `#${rule.fieldId}`), undefined, reason),
    warnings: [reason],
  };
};

const planOne = (
  filled: FilledField | undefined,
  rule: FieldRule | undefined,
  field: CopyField | undefined,
  fallback: 'keep' | 'clear',
  context: SetContext,
): FieldPlan => {
  const policy = rule?.policy ?? fallback;
  if (rule && policy === 'set') return field ? planSet(rule, field, filled, context) : planUnknown(rule);
  if (!filled) return { values: [] };
  if (policy === 'keep') return planKept(filled, field, context.timeZone);
  const name = named(filled.fieldId, field?.name ?? filled.name);
  return {
    values: [],
    difference: cleared(name, fieldText(filled, context.timeZone), remark('deals.remark.by_options')),
  };
};

/**
 * The custom fields of a copy by the rules of its options: the source's filled fields in their order, then the fields
 * that only a rule fills. The marker field is left out: it is the copy's own.
 */
export const planFields = (
  source: Pick<SourceDeal, 'fields'>,
  options: CopyOptions['fields'],
  directory: Pick<CopyDirectory, 'leadFields' | 'markerFieldId'>,
  context: SetContext,
): PlannedPart<DraftFields> => {
  const rules = new Map(options.rules.map((rule) => [rule.fieldId, rule]));
  const known = new Map(directory.leadFields.map((field) => [field.id, field]));
  const filled = new Map(
    source.fields.filter(({ values }) => values.length > 0).map((field) => [field.fieldId, field]),
  );
  const ids = new Set([...filled.keys(), ...rules.keys()]);
  ids.delete(directory.markerFieldId);
  const plans = [...ids].map((fieldId) => ({
    fieldId,
    ...planOne(filled.get(fieldId), rules.get(fieldId), known.get(fieldId), options.default, context),
  }));
  return planned(
    plans.filter(({ values }) => values.length > 0).map(({ fieldId, values }) => ({ fieldId, values })),
    plans.flatMap(({ difference }) => (difference ? [difference] : [])),
    plans.flatMap(({ warnings }) => warnings ?? []),
  );
};
