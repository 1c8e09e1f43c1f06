import { createHmac, randomUUID } from 'node:crypto';
import { problem } from '../http/answers.js';
import { anInt, anObject, oneOf, shape, text } from '../validate/rules.js';
import { control, type ControlCall, type ControlRoute } from './context.js';

/** amoCRM: life of a disposable token. */
const LIFE_SECONDS = 1_800;

const HASHES = { HS256: 'sha256', HS512: 'sha512' } as const;
const ALGORITHMS = ['HS256', 'HS512', 'none'] as const;
type Algorithm = (typeof ALGORITHMS)[number];

/** What is wanted besides the claims, which all have names of their own. */
const WISHES = {
  userId: anInt,
  clientId: text(64),
  alg: oneOf(ALGORITHMS),
  secret: text(200, { blank: false }),
};
const isWish = ([name]: readonly [string, unknown]): boolean => Object.hasOwn(WISHES, name);

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function signed(claims: object, alg: Algorithm, secret: string): string {
  const content = `${encoded({ typ: 'JWT', alg })}.${encoded(claims)}`;
  const signature = alg === 'none' ? '' : createHmac(HASHES[alg], secret).update(content).digest('base64url');
  return `${content}.${signature}`;
}

/**
 * The one-time token that amoCRM's page would send for a user: HS256 with the client secret, 30 minutes. Its audience is
 * the redirect URI's scheme and host without the port, as the vendor's own client expects it; its issuer is the address at
 * which this sandbox stands for the account.
 */
function disposableToken(call: ControlCall): object {
  const given = Object.entries(control(call, anObject));
  const input = control({ ...call, body: Object.fromEntries(given.filter(isWish)) }, shape(WISHES));
  const changes = Object.fromEntries(given.filter((entry) => !isWish(entry)));
  const { world, config, hosts } = call.core;
  const clientId = input.clientId ?? config.clientId;
  const integration = world.tables.get('integrations', clientId);
  if (!integration) throw problem(404, `No integration ${clientId}`);
  const user = call.account.user(input.userId ?? call.account.admin().id);
  if (!user) throw problem(404, `No user ${input.userId}`);
  const now = world.now();
  const account = world.accountRow(call.account.id);
  const { protocol, hostname } = new URL(integration.redirectUri);
  const claims = {
    iss: `http://${hosts.of(account, call.host)}`,
    aud: `${protocol}//${hostname}`,
    jti: randomUUID(),
    iat: now,
    nbf: now,
    exp: now + LIFE_SECONDS,
    account_id: account.id,
    user_id: user.id,
    subdomain: account.subdomain,
    client_uuid: integration.id,
    is_admin: user.is_admin,
    ...changes,
  };
  const kept = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== null));
  return { token: signed(kept, input.alg ?? 'HS256', input.secret ?? integration.secret), claims: kept };
}

/** One-time tokens, sound and broken ones. */
export const disposableRoutes: readonly ControlRoute[] = [
  { method: 'POST', path: '/disposable-token', handler: disposableToken },
];
