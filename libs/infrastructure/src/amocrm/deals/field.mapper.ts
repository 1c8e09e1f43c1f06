import type { FilledField } from '#domain/deals/source-deal.js';
import { idOf, recordsOf, textOf } from '../http/wire-value.js';

/** `custom_fields_values` of an entity; null when nothing is filled. Values stay as amoCRM gives them. */
export const toFilledFields = (value: unknown): FilledField[] =>
  recordsOf(value).flatMap((field) => {
    const fieldId = idOf(field.field_id);
    if (fieldId === undefined) return [];
    return [
      {
        fieldId,
        name: textOf(field.field_name) ?? '',
        code: textOf(field.field_code) ?? null,
        type: textOf(field.field_type) ?? '',
        isComputed: field.is_computed === true,
        values: recordsOf(field.values),
      },
    ];
  });

/** First value of a text field, or undefined when it is not filled. */
export const textOfField = (values: unknown, fieldId: number): string | undefined => {
  const field = recordsOf(values).find((candidate) => idOf(candidate.field_id) === fieldId);
  return textOf(recordsOf(field?.values)[0]?.value);
};
