import { created, type Answer } from '../http/answers.js';
import { selfLink, type Call } from '../http/call.js';
import { listAnswer } from '../http/paging.js';
import type { FieldGroupRow, FieldOwner } from '../state/rows.js';
import { parseBatch } from '../validate/batch.js';
import { aRequestId, anInt, shape, text, type Rule } from '../validate/rules.js';

function groupModel(call: Call, group: FieldGroupRow): object {
  const id = group.id.slice(group.owner.length + 1);
  return {
    id,
    name: group.name,
    is_predefined: group.is_predefined,
    type: 'custom_field_group',
    entity_type: group.owner,
    sort: group.sort,
    fields: [],
    _links: selfLink(call, `/api/v4/${group.owner}/custom_fields/groups/${id}`),
  };
}

const aGroup: Rule<{ name: string; sort?: number }> = shape(
  { name: text(255, { blank: false }), sort: anInt, request_id: aRequestId },
  ['name'],
);

export function listGroups(call: Call, owner: FieldOwner): Answer {
  const rows = [...call.account.tables.all('fieldGroups')].filter((group) => group.owner === owner);
  return listAnswer(call, {
    key: 'custom_field_groups',
    rows: rows.sort((a, b) => a.sort - b.sort),
    model: (group) => groupModel(call, group),
    totals: true,
  });
}

export function createGroups(call: Call, owner: FieldOwner): Answer {
  const made = parseBatch(call, aGroup).map(({ input, requestId }) => {
    const id = `${owner}/${owner}_${call.account.tables.nextId('fieldGroups') + 297_400_000_000}`;
    const group = call.account.tables.put('fieldGroups', {
      id,
      owner,
      name: input.name,
      sort: input.sort ?? 500,
      is_predefined: false,
    });
    return { ...groupModel(call, group), request_id: requestId };
  });
  return created({
    _total_items: made.length,
    _links: selfLink(call, call.path),
    _embedded: { custom_field_groups: made },
  });
}
