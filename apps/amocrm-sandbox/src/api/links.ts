import { noContent, ok, problem, type Answer } from '../http/answers.js';
import { inner, leaves } from '../http/brackets.js';
import { idParam, route, selfLink, type Call, type Route } from '../http/call.js';
import { disconnect, endExists, entityExists, linkable, otherEnd, type End } from '../state/links.js';
import { ENTITY_TYPES, type EntityType, type LinkEnd, type LinkRow } from '../state/rows.js';
import { parseBatch } from '../validate/batch.js';
import { anAuthor } from '../validate/choices.js';
import { aBool, aNumber, aRequestId, anInt, nullable, oneOf, refined, shape, type Rule } from '../validate/rules.js';
import { attach } from './attach.js';
import { filteredIds } from './filters.js';
import { requireRight } from './rights.js';

const END_TYPES: readonly LinkEnd[] = [...ENTITY_TYPES, 'catalog_elements'];

/** amoCRM: written as `is_main`, read as `main_contact`; writing the latter is refused. */
const aMetadata = shape({
  is_main: aBool,
  catalog_id: anInt,
  quantity: aNumber,
  price_id: nullable(anInt),
  updated_by: anAuthor,
});

interface LinkInput {
  readonly from: End;
  readonly to: End;
  readonly isMain?: boolean;
  readonly catalogId?: number;
  readonly quantity?: number;
  readonly priceId?: number | null;
}

/** The rule for one link. `fixedId` is the entity of the path; without it each item names its own. */
function aLink(type: EntityType, fixedId: number | null): Rule<LinkInput> {
  const base = {
    to_entity_id: anInt,
    to_entity_type: oneOf(END_TYPES),
    metadata: nullable(aMetadata),
    request_id: aRequestId,
  };
  const rule =
    fixedId === null
      ? shape({ ...base, entity_id: anInt }, ['to_entity_id', 'to_entity_type', 'entity_id'])
      : shape(base, ['to_entity_id', 'to_entity_type']);
  return refined(rule as Rule<LinkWire>, (input, place) => {
    const from: End = { type, id: fixedId ?? input.entity_id ?? 0 };
    const to: End = { type: input.to_entity_type, id: input.to_entity_id };
    if (!linkable(type, to.type)) return place.at('to_entity_type').fail('NotSupportedChoice');
    if (fixedId === null && !entityExists(place.account, type, from.id))
      return place.at('entity_id').fail('NotSupportedChoice');
    const { metadata } = input;
    if (to.type === 'catalog_elements') {
      // amoCRM: an element is addressed together with its catalog, on unlinking too
      if (metadata?.catalog_id === undefined) return place.at('metadata').at('catalog_id').fail('FieldMissing');
      const element = place.account.tables.get('elements', to.id);
      if (element && element.catalog_id !== metadata.catalog_id)
        return place.at('metadata').at('catalog_id').fail('NotSupportedChoice');
    }
    return {
      from,
      to,
      isMain: metadata?.is_main,
      catalogId: metadata?.catalog_id,
      quantity: metadata?.quantity,
      priceId: metadata?.price_id,
    };
  });
}

interface LinkWire {
  readonly entity_id?: number;
  readonly to_entity_id: number;
  readonly to_entity_type: LinkEnd;
  readonly metadata?: { is_main?: boolean; catalog_id?: number; quantity?: number; price_id?: number | null } | null;
}

/** Only what exists can be linked; archived catalog elements cannot. */
function targetMustExist(rule: Rule<LinkInput>): Rule<LinkInput> {
  return refined(rule, (input, place) =>
    endExists(place.account, input.to) ? input : place.at('to_entity_id').fail('NotSupportedChoice'),
  );
}

function linkModel(link: LinkRow, end: End): object {
  const other = otherEnd(link, end);
  return {
    entity_id: end.id,
    entity_type: end.type,
    to_entity_id: other.id,
    to_entity_type: other.type,
    metadata: metadataOf(link),
  };
}

function metadataOf(link: LinkRow): object | null {
  if (link.to_type === 'catalog_elements')
    return { quantity: link.quantity, catalog_id: link.catalog_id, price_id: link.price_id };
  return link.from_type === 'leads' && link.to_type === 'contacts' ? { main_contact: link.is_main } : null;
}

/** The links asked for; what an empty list looks like is a setting. */
function listedLinks(call: Call, links: readonly object[]): Answer {
  return links.length === 0 && call.settings.emptyLinks === 'no_content' ? noContent : answerLinks(call, links);
}

function answerLinks(call: Call, links: readonly object[]): Answer {
  return ok({ _total_items: links.length, _links: selfLink(call, call.path), _embedded: { links } });
}

/** The other ends of an entity's links, thinned by the filters of the query. */
function matching(call: Call, end: End): LinkRow[] {
  const filter = call.query['filter'];
  const toIds = filteredIds(call, 'to_entity_id');
  const toType = leaves(inner(filter, 'to_entity_type'))[0];
  const toCatalog = leaves(inner(filter, 'to_catalog_id'))[0];
  return [...call.account.linksOf(end.type, end.id)].filter((link) => {
    const other = otherEnd(link, end);
    return (
      (!toIds || toIds.includes(other.id)) &&
      (!toType || other.type === toType) &&
      (!toCatalog || link.catalog_id === Number(toCatalog))
    );
  });
}

function listOne(call: Call, type: EntityType): Answer {
  const end: End = { type, id: idParam(call) };
  if (!entityExists(call.account, type, end.id)) return noContent;
  const models = matching(call, end).map((link) => {
    const other = otherEnd(link, end);
    return { to_entity_id: other.id, to_entity_type: other.type, metadata: metadataOf(link) };
  });
  return listedLinks(call, models);
}

function listMany(call: Call, type: EntityType): Answer {
  const ids = filteredIds(call, 'entity_id');
  if (!ids) throw problem(400, 'filter[entity_id] is mandatory');
  return listedLinks(
    call,
    ids.flatMap((id) => matching(call, { type, id }).map((link) => linkModel(link, { type, id }))),
  );
}

function fixedEntity(call: Call, type: EntityType): number | null {
  if (call.params['id'] === undefined) return null;
  const id = idParam(call);
  if (!entityExists(call.account, type, id)) throw problem(404, 'Entity not found');
  return id;
}

function link(call: Call, type: EntityType): Answer {
  const items = parseBatch(call, targetMustExist(aLink(type, fixedEntity(call, type))));
  for (const { input } of items) requireEdit(call, input.from);
  const links = items.map(({ input }) => {
    const made = attach(call, input.from, input.to, input);
    touch(call, input.from);
    return linkModel(made, input.from);
  });
  return answerLinks(call, links);
}

function unlink(call: Call, type: EntityType): Answer {
  for (const { input } of parseBatch(call, aLink(type, fixedEntity(call, type)))) {
    requireEdit(call, input.from);
    if (!disconnect(call.account, input.from, input.to)) continue;
    touch(call, input.from);
    call.emit({ kind: 'link', action: 'unlinked', from: input.from, to: input.to, userId: call.userId });
  }
  return noContent;
}

/** amoCRM: 403 without the right to the card that is linked. */
function requireEdit(call: Call, { type, id }: End): void {
  if (type === 'catalog_elements') return;
  const row = call.account.tables.get(type, id);
  if (row) requireRight(call, type, 'edit', row);
}

/** A changed link counts as a change of the card that it was made on. */
function touch(call: Call, { type, id }: End): void {
  if (type === 'leads') touchRow(call, 'leads', id);
  else if (type === 'contacts') touchRow(call, 'contacts', id);
  else if (type === 'companies') touchRow(call, 'companies', id);
  else if (type === 'customers') touchRow(call, 'customers', id);
}

function touchRow<T extends EntityType>(call: Call, type: T, id: number): void {
  const row = call.account.tables.get(type, id);
  if (row) call.account.tables.put(type, { ...row, updated_at: call.now, updated_by: call.userId });
}

export const linkRoutes: readonly Route[] = ENTITY_TYPES.flatMap((type) => {
  const base = `/api/v4/${type}`;
  return [
    route('GET', `${base}/links`, (call) => listMany(call, type)),
    route('POST', `${base}/link`, (call) => link(call, type)),
    route('POST', `${base}/unlink`, (call) => unlink(call, type)),
    route('GET', `${base}/:id/links`, (call) => listOne(call, type)),
    route('POST', `${base}/:id/link`, (call) => link(call, type)),
    route('POST', `${base}/:id/unlink`, (call) => unlink(call, type)),
  ];
});
