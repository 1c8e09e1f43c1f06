import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { problem } from '../http/answers.js';
import { grant } from '../oauth/consent.js';
import type { ExternalFacts } from '../state/extra-rows.js';
import { aBool, listOf, oneOf, shape, text } from '../validate/rules.js';
import { integrationOf } from './access.js';
import { control, type ControlCall, type ControlRoute } from './context.js';

const TIMEOUT_MS = 2_000;
const TRIES = 3;
const PAUSE_MS = 1_000;
const SECRET_BYTES = 32;
const ADDRESS = text(2_000, { blank: false });

interface Delivery {
  readonly secretsUri: string;
  readonly body: { readonly client_id: string; readonly client_secret: string; readonly state: string | null };
  /** What is answered besides the outcome. */
  readonly told: object;
  readonly held: boolean;
}

/** amoCRM: full https addresses, no Cyrillic and no punycode hosts. The sandbox takes http from this machine. */
function checkAddress(name: string, address: string): void {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isLocal = url?.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(url.hostname);
  // Parsing turns Cyrillic into punycode.
  const isPlain = url !== null && !url.hostname.split('.').some((label) => label.startsWith('xn--'));
  if (!isPlain || !(isLocal || url.protocol === 'https:')) throw problem(400, `${name}: an https address is needed`);
}

/** A person presses the button of a site and agrees: amoCRM makes an integration in the account. */
function pressButton(call: ControlCall): Delivery {
  const scope = oneOf(['crm', 'notifications']);
  const input = control(
    call,
    shape(
      {
        name: text(255, { blank: false }),
        description: text(65_000),
        redirectUri: ADDRESS,
        secretsUri: ADDRESS,
        logo: ADDRESS,
        scopes: listOf(scope),
        state: text(2_000),
        holdSecrets: aBool,
      },
      ['name', 'redirectUri', 'secretsUri', 'scopes'],
    ),
  );
  if (input.scopes.length === 0) throw problem(400, 'scopes: at least one is needed');
  const { name, redirectUri, secretsUri, logo, scopes, state = null } = input;
  for (const [member, address] of Object.entries({ redirectUri, secretsUri, ...(logo && { logo }) })) {
    checkAddress(member, address);
  }
  const { world, hosts } = call.core;
  const external = { name, secretsUri, state, scopes };
  const row = { id: randomUUID(), secret: randomBytes(SECRET_BYTES).toString('base64url'), redirectUri, external };
  world.tables.put('integrations', row);
  const granted = grant({
    world,
    hosts,
    host: call.host,
    clientId: row.id,
    state: state ?? undefined,
    accountId: call.account.id,
  });
  const told = { clientId: row.id, ...granted };
  return { ...deliveryOf(row, external), told, held: input.holdSecrets ?? false };
}

/** The same delivery once more, or late. */
function deliverAgain(call: ControlCall): Delivery {
  const row = integrationOf(call, call.params['clientId']);
  if (!row.external) throw problem(400, `${row.id} is no external integration`);
  return { ...deliveryOf(row, row.external), told: { clientId: row.id }, held: false };
}

function deliveryOf(
  { id, secret }: { readonly id: string; readonly secret: string },
  { secretsUri, state }: ExternalFacts,
): Pick<Delivery, 'secretsUri' | 'body'> {
  return { secretsUri, body: { client_id: id, client_secret: secret, state } };
}

/** Deliver until it is taken, at most so many times; the person is sent back with the code either way. */
async function deliver({ secretsUri, body, told, held }: Delivery): Promise<object> {
  const deliveries: number[] = [];
  while (!held && deliveries.length < TRIES && !deliveries.some((status) => status >= 200 && status < 300)) {
    if (deliveries.length > 0) await wait(PAUSE_MS);
    deliveries.push(await post(secretsUri, body));
  }
  return { ...told, deliveries };
}

/** Status of the answer, 0 when there was none. */
async function post(url: string, body: object): Promise<number> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}

/** External integrations: made at the press of a site's button, their secrets delivered before the way back. */
export const externalRoutes: readonly ControlRoute[] = [
  {
    method: 'POST',
    path: '/external-integrations',
    handler: pressButton,
    after: (made) => deliver(made as Delivery),
  },
  {
    method: 'POST',
    path: '/external-integrations/:clientId/secrets',
    handler: deliverAgain,
    after: (made) => deliver(made as Delivery),
  },
];
