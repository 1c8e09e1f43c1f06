import type { LinkedProduct, Product } from '#domain/deals/source-deal.js';
import type { NewProductLink } from '#application/deals/ports/amo-deals.js';
import { idOf, numberOf, recordOf, textOf, type WireRecord } from '../http/wire-value.js';

/** amoCRM's name of the kind of thing that a product link points to. */
export const PRODUCT_ENTITY = 'catalog_elements';

/** A product linked to a deal; undefined when amoCRM does not say in which catalogue it is. */
export const toLinkedProduct = (elementId: unknown, metadata: unknown): LinkedProduct | undefined => {
  const facts = recordOf(metadata);
  const id = idOf(elementId);
  const catalogId = idOf(facts?.catalog_id);
  if (id === undefined || catalogId === undefined) return undefined;
  return {
    catalogId,
    elementId: id,
    quantity: numberOf(facts?.quantity) ?? 1,
    priceId: idOf(facts?.price_id) ?? null,
  };
};

/** A catalogue element. amoCRM: `is_deleted` may be null. */
export const toProduct = (element: WireRecord, catalogId: number): Product | undefined => {
  const elementId = idOf(element.id);
  return elementId === undefined
    ? undefined
    : { catalogId, elementId, name: textOf(element.name) ?? '', isArchived: element.is_deleted === true };
};

export const fromProductLink = ({ dealId, catalogId, elementId, quantity, priceId }: NewProductLink): WireRecord => ({
  entity_id: dealId,
  to_entity_id: elementId,
  to_entity_type: PRODUCT_ENTITY,
  metadata: { catalog_id: catalogId, quantity, ...(priceId === null ? {} : { price_id: priceId }) },
});
