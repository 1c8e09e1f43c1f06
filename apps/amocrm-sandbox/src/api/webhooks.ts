import { created, noContent, ok, problem, type Answer } from '../http/answers.js';
import { inner, leaves } from '../http/brackets.js';
import { route, selfLink, type Call, type Route } from '../http/call.js';
import type { WebhookRow } from '../state/hook-rows.js';
import { parseSingle } from '../validate/batch.js';
import { anInt, chosen, listOf, shape, text } from '../validate/rules.js';
import { adminOnly } from './rights.js';

const WEBHOOKS_MAX = 100;

const ACTIONS = ['add', 'update', 'delete', 'restore', 'responsible'];

/** Event codes of subscriptions, as amoCRM names them. */
export const HOOK_EVENTS: readonly string[] = [
  ...['lead', 'contact', 'company'].flatMap((entity) => ACTIONS.map((action) => `${action}_${entity}`)),
  ...['add', 'update', 'delete', 'responsible'].map((action) => `${action}_customer`),
  'status_lead',
  ...['lead', 'contact', 'company', 'customer'].map((entity) => `note_${entity}`),
  ...['add', 'update', 'delete', 'responsible'].map((action) => `${action}_task`),
  ...['add', 'update', 'delete'].map((action) => `${action}_unsorted`),
  'add_talk',
  'update_talk',
  'add_chat_template_review',
];

const aDestination = chosen(text(2_000, { blank: false }), (url) => /^https?:\/\/\S+$/.test(url));
const anEvent = chosen(text(64), (code) => HOOK_EVENTS.includes(code));
const aSubscription = shape({ destination: aDestination, settings: listOf(anEvent), sort: anInt }, [
  'destination',
  'settings',
]);

function model(call: Call, hook: WebhookRow): object {
  return { ...hook, account_id: call.account.id };
}

function byDestination(call: Call, destination: string): WebhookRow | undefined {
  for (const hook of call.account.tables.all('webhooks')) if (hook.destination === destination) return hook;
  return undefined;
}

function list(call: Call): Answer {
  const wanted = leaves(inner(call.query['filter'], 'destination'))[0];
  const hooks = [...call.account.tables.all('webhooks')].filter(
    (hook) => wanted === undefined || hook.destination === wanted,
  );
  if (hooks.length === 0) return noContent;
  return ok({
    _total_items: hooks.length,
    _links: selfLink(call, call.path),
    _embedded: { webhooks: hooks.map((hook) => model(call, hook)) },
  });
}

/** amoCRM: one object, not a list; a known destination gets the new settings and is enabled again. */
function subscribe(call: Call): Answer {
  const input = parseSingle(call, aSubscription);
  const known = byDestination(call, input.destination);
  if (!known && call.account.tables.count('webhooks') >= WEBHOOKS_MAX)
    throw problem(400, `Not more than ${WEBHOOKS_MAX} webhooks`);
  const hook = call.account.tables.put('webhooks', {
    id: known?.id ?? call.account.tables.nextId('webhooks'),
    destination: input.destination,
    settings: [...new Set(input.settings)],
    created_at: known?.created_at ?? call.now,
    updated_at: call.now,
    created_by: call.userId,
    sort: input.sort ?? known?.sort ?? call.account.tables.count('webhooks') + 1,
    disabled: false,
  });
  return created(model(call, hook));
}

function unsubscribe(call: Call): Answer {
  const hook = byDestination(call, parseSingle(call, shape({ destination: text(2_000) }, ['destination'])).destination);
  if (!hook) throw problem(404, 'Webhook not found');
  call.account.tables.remove('webhooks', hook.id);
  return noContent;
}

export const webhookRoutes: readonly Route[] = [
  route('GET', '/api/v4/webhooks', adminOnly(list)),
  route('POST', '/api/v4/webhooks', adminOnly(subscribe)),
  route('DELETE', '/api/v4/webhooks', adminOnly(unsubscribe)),
];
