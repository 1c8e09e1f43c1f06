import { ok } from '../http/answers.js';
import { inner, leaves } from '../http/brackets.js';
import { route, type Call, type Route } from '../http/call.js';
import { listAnswer, ordered } from '../http/paging.js';
import type { AccountState } from '../state/account.js';
import { ENTITY_TYPES, type EntityType, type TagRow } from '../state/rows.js';
import { ensureTag } from '../state/tags.js';
import { parseBatch } from '../validate/batch.js';
import { aRequestId, anInt, nullable, oneOf, refined, shape, text, type Rule } from '../validate/rules.js';

const NAME_MAX = 255;

/** Colours that amoCRM has for tags of leads. */
const COLORS = (
  'EBEBEB D0D0D0 F2DDF7 D1A4DC FF8F92 FFC8C8 C7DB8C DDEBB5 8699DA AABDFF FFCE5A FFE193 ' +
  '90CDB0 C6F4DE A9A5D7 D8D5FF 86C0FC 832161 6A0F49 0C7C59 10599D 9D2B32 247BA0'
).split(' ');

export interface TagRef {
  readonly id?: number;
  readonly name?: string;
}

/** A tag inside an entity: `{id}` of a known one or `{name}`. amoCRM: any other key is not expected. */
export function aTagRef(type: EntityType): Rule<TagRef> {
  return refined(shape({ id: anInt, name: text(NAME_MAX, { blank: false }) }), (tag, place) => {
    if (tag.id === undefined && tag.name === undefined) return place.at('name').fail('FieldMissing');
    if (tag.id !== undefined && place.account.tables.get('tags', tag.id)?.entity_type !== type) {
      return place.at('id').fail('NotSupportedChoice');
    }
    return tag;
  });
}

/** Ids of the named tags; unknown names become new tags. */
export function resolveTags(account: AccountState, type: EntityType, refs: readonly TagRef[]): number[] {
  return refs.map((ref) => ref.id ?? ensureTag(account, type, ref.name ?? '').id);
}

export interface TagInput {
  readonly tags_to_add?: readonly TagRef[] | null;
  readonly tags_to_delete?: readonly TagRef[] | null;
  readonly _embedded?: { readonly tags?: readonly TagRef[] | null } | null;
}

/** Tags after a write: the embedded set replaces all, then additions and deletions apply. */
export function nextTags(
  account: AccountState,
  type: EntityType,
  current: readonly number[],
  input: TagInput,
): readonly number[] {
  const embedded = input._embedded?.tags;
  const base = embedded === undefined ? current : resolveTags(account, type, embedded ?? []);
  const added = resolveTags(account, type, input.tags_to_add ?? []);
  const removed = new Set(
    (input.tags_to_delete ?? []).map((ref) => ref.id ?? account.tagByName(type, ref.name ?? '')?.id),
  );
  const all = new Set([...base, ...added]);
  return [...all].filter((id) => !removed.has(id));
}

export function tagModel(tag: TagRow): object {
  return { id: tag.id, name: tag.name, color: tag.color };
}

export function tagModels(account: AccountState, ids: readonly number[]): object[] {
  return ids.flatMap((id) => {
    const tag = account.tables.get('tags', id);
    return tag ? [tagModel(tag)] : [];
  });
}

const aNewTag = shape(
  { name: text(NAME_MAX, { blank: false }), color: nullable(oneOf(COLORS)), request_id: aRequestId },
  ['name'],
);

function list(call: Call, type: EntityType): ReturnType<Route['handler']> {
  const names = leaves(inner(call.query['filter'], 'name'));
  const ids = leaves(inner(call.query['filter'], 'id')).map(Number);
  const wanted = leaves(call.query['query'])[0]?.toLowerCase();
  const rows = [...call.account.tags(type)].filter(
    (tag) =>
      (names.length === 0 || names.includes(tag.name)) &&
      (ids.length === 0 || ids.includes(tag.id)) &&
      (wanted === undefined || tag.name.toLowerCase().includes(wanted)),
  );
  return listAnswer(call, { key: 'tags', rows: ordered(call, rows, ['id']), model: tagModel });
}

function create(call: Call, type: EntityType): ReturnType<Route['handler']> {
  const tags = parseBatch(call, aNewTag).map(({ input, requestId }) => {
    const tag = ensureTag(call.account, type, input.name, type === 'leads' ? (input.color ?? null) : null);
    return { ...tagModel(tag), request_id: requestId };
  });
  return ok({
    _total_items: tags.length,
    _links: { self: { href: `${call.baseUrl}${call.path}` } },
    _embedded: { tags },
  });
}

export const tagRoutes: readonly Route[] = ENTITY_TYPES.flatMap((type) => [
  route('GET', `/api/v4/${type}/tags`, (call) => list(call, type)),
  route('POST', `/api/v4/${type}/tags`, (call) => create(call, type)),
]);
