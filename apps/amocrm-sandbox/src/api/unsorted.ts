import { noContent, ok, type Answer } from '../http/answers.js';
import { route, selfLink, type Call, type Route } from '../http/call.js';
import { listAnswer, ordered } from '../http/paging.js';
import type { UnsortedRow } from '../state/extra-rows.js';
import { among, applyFilters, range, type Filters } from './filters.js';
import { createUnsorted } from './unsorted-create.js';
import { acceptUnsorted, declineUnsorted, linkUnsorted } from './unsorted-decide.js';
import { unsortedModel } from './unsorted-model.js';

const CATEGORIES = ['sip', 'mail', 'forms', 'chats'];

const FILTERS: Filters<UnsortedRow> = {
  uid: among((row) => row.id),
  category: among((row) => row.category),
  pipeline_id: among((row) => row.pipeline_id),
  created_at: range((row) => row.created_at, 'after'),
  updated_at: range((row) => row.updated_at, 'after'),
};

function list(call: Call): Answer {
  const open = [...call.account.tables.all('unsorted')].filter((row) => row.state === 'open');
  const rows = ordered(call, applyFilters(call, open, FILTERS), ['created_at', 'updated_at']);
  return listAnswer(call, { key: 'unsorted', rows, model: (row) => unsortedModel(call, row) });
}

function getOne(call: Call): Answer {
  const row = call.account.tables.get('unsorted', call.params['uid'] ?? '');
  return row?.state === 'open' ? ok(unsortedModel(call, row)) : noContent;
}

/** Counts over all items, decided ones too; the average time is that between arrival and decision, in seconds. */
function summary(call: Call): Answer {
  const rows = applyFilters(call, call.account.tables.all('unsorted'), FILTERS);
  const decided = rows.filter((row) => row.state !== 'open');
  const time = decided.reduce((sum, row) => sum + Math.max(0, row.updated_at - row.created_at), 0);
  const count = (state: UnsortedRow['state']): number => rows.filter((row) => row.state === state).length;
  return ok({
    total: rows.length,
    accepted: count('accepted'),
    declined: count('declined'),
    average_sort_time: decided.length === 0 ? 0 : Math.round(time / decided.length),
    categories: Object.fromEntries(
      CATEGORIES.map((name) => [name, { total: rows.filter((row) => row.category === name).length }]),
    ),
    _links: selfLink(call, call.path),
  });
}

const UNSORTED = '/api/v4/leads/unsorted';

export const unsortedRoutes: readonly Route[] = [
  route('GET', UNSORTED, list),
  route('GET', `${UNSORTED}/summary`, summary),
  route('POST', `${UNSORTED}/forms`, (call) => createUnsorted(call, 'forms')),
  route('POST', `${UNSORTED}/sip`, (call) => createUnsorted(call, 'sip')),
  route('GET', `${UNSORTED}/:uid`, getOne),
  route('POST', `${UNSORTED}/:uid/accept`, acceptUnsorted),
  route('DELETE', `${UNSORTED}/:uid/decline`, declineUnsorted),
  route('POST', `${UNSORTED}/:uid/link`, linkUnsorted),
];
