import type { DealDraft } from '#domain/deals/copy-plan.js';
import type { SourceDeal } from '#domain/deals/source-deal.js';
import { asId, type AmoDealId, type AmoUserId } from '#domain/shared/ids.js';
import type { Keyed } from '#application/deals/ports/amo-deals.js';
import { idOf, instantOf, numberOf, recordOf, recordsOf, textOf, type WireRecord } from '../http/wire-value.js';
import { toFilledFields } from './field.mapper.js';
import { toLinkedProduct } from './product.mapper.js';

/** Parts of a lead that come only when they are asked for. */
export const LEAD_WITH = 'contacts,catalog_elements,loss_reason';

/** A lead as amoCRM reads it, or undefined when the row is no lead. */
export const toSourceDeal = (lead: WireRecord): SourceDeal | undefined => {
  const id = idOf(lead.id);
  if (id === undefined) return undefined;
  const parts = recordOf(lead._embedded) ?? {};
  return {
    id: asId<AmoDealId>(id),
    name: textOf(lead.name) ?? '',
    // The exact price is there only on accounts that keep kopecks.
    price: numberOf(lead.price_with_minor_units) ?? numberOf(lead.price) ?? 0,
    pipelineId: idOf(lead.pipeline_id) ?? 0,
    stageId: idOf(lead.status_id) ?? 0,
    responsibleUserId: asId<AmoUserId>(numberOf(lead.responsible_user_id) ?? 0),
    createdAt: instantOf(lead.created_at) ?? new Date(0),
    closedAt: instantOf(lead.closed_at) ?? null,
    lossReasonId: idOf(lead.loss_reason_id) ?? idOf(recordsOf(parts.loss_reason)[0]?.id) ?? null,
    isDeleted: lead.is_deleted === true,
    fields: toFilledFields(lead.custom_fields_values),
    tags: recordsOf(parts.tags).flatMap(({ name }) => textOf(name) ?? []),
    contacts: recordsOf(parts.contacts).flatMap((contact) => {
      const contactId = idOf(contact.id);
      return contactId === undefined ? [] : [{ id: contactId, isMain: contact.is_main === true }];
    }),
    companyId: idOf(recordsOf(parts.companies)[0]?.id) ?? null,
    products: recordsOf(parts.catalog_elements).flatMap(
      (element) => toLinkedProduct(element.id, element.metadata) ?? [],
    ),
  };
};

/** A lead as amoCRM creates it: contacts and company can be attached in this way only now. */
export const fromDealDraft = ({ requestId, value: deal }: Keyed<DealDraft>): WireRecord => ({
  request_id: requestId,
  name: deal.name,
  ...(deal.price === null ? {} : { price: deal.price }),
  // Closing stages have the same id in every pipeline: the two go together.
  pipeline_id: deal.pipelineId,
  status_id: deal.stageId,
  ...(deal.responsibleUserId === null ? {} : { responsible_user_id: deal.responsibleUserId }),
  ...(deal.fields.length === 0
    ? {}
    : { custom_fields_values: deal.fields.map(({ fieldId, values }) => ({ field_id: fieldId, values })) }),
  ...(deal.tags.length === 0 ? {} : { tags_to_add: deal.tags.map((name) => ({ name })) }),
  ...embeddedOf(deal),
});

const embeddedOf = ({ contacts, companyId }: DealDraft): WireRecord =>
  contacts.length === 0 && companyId === null
    ? {}
    : {
        _embedded: {
          ...(contacts.length === 0 ? {} : { contacts: contacts.map(({ id, isMain }) => ({ id, is_main: isMain })) }),
          ...(companyId === null ? {} : { companies: [{ id: companyId }] }),
        },
      };
