import type { CopyOptions } from '../copy-options.js';
import type { CopyDifference, CopyRemark, ProductDraft } from '../copy-plan.js';
import { remark } from '../remarks.js';
import type { LinkedProduct, Product } from '../source-deal.js';
import { withinLimit } from './limits.js';
import { builtIn, cleared, kept, planned, skipped, type PlannedPart } from './part.js';

const keyOf = ({ catalogId, elementId }: { catalogId: number; elementId: number }): string =>
  `${catalogId}:${elementId}`;

const hasQuantity = ({ quantity }: LinkedProduct): boolean => Number.isFinite(quantity) && quantity > 0;

/** One line for each element, quantities added up: amoCRM links an element once, and linking again sets its quantity. */
const merged = (lines: readonly LinkedProduct[]): readonly LinkedProduct[] => {
  const byKey = new Map<string, LinkedProduct>();
  for (const line of lines) {
    const seen = byKey.get(keyOf(line));
    byKey.set(keyOf(line), seen ? { ...seen, quantity: seen.quantity + line.quantity } : line);
  }
  return [...byKey.values()];
};

const refusal = (line: LinkedProduct, product: Product | undefined): CopyRemark | undefined => {
  const name = product?.name ?? `#${line.elementId}`;
  if (!product) return remark('deals.remark.product_gone', { product: name });
  if (product.isArchived) return remark('deals.remark.product_archived', { product: name });
  return hasQuantity(line) ? undefined : remark('deals.remark.product_without_quantity', { product: name });
};

/**
 * The product lines of a copy with their quantities. Elements that are archived or gone are left out and reported.
 *
 * @param products  the elements behind the lines, as far as amoCRM still has them
 */
export const planProducts = (
  lines: readonly LinkedProduct[],
  products: readonly Product[],
  rule: CopyOptions['products'],
): PlannedPart<readonly ProductDraft[]> => {
  if (lines.length === 0) return planned([], []);
  if (rule === 'none')
    return planned([], [cleared(builtIn('products'), lines.length, remark('deals.remark.by_options'))]);
  const known = new Map(products.map((product) => [keyOf(product), product]));
  const { entries, over } = withinLimit('products', merged(lines));
  const drafts: ProductDraft[] = [];
  const differences: CopyDifference[] = [];
  const warnings: CopyRemark[] = [];
  for (const line of entries) {
    const product = known.get(keyOf(line));
    const named = { part: `product:${line.elementId}`, label: product?.name ?? `#${line.elementId}` };
    const reason = refusal(line, product);
    if (reason) {
      differences.push(skipped(named, line.quantity, reason));
      warnings.push(reason);
    } else {
      const { catalogId, elementId, quantity, priceId } = line;
      drafts.push({ catalogId, elementId, quantity, priceId });
      differences.push(kept(named, quantity));
    }
  }
  return planned(drafts, [...differences, ...over], warnings);
};
