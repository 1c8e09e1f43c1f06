import { createHmac } from 'node:crypto';
import { problem } from '../http/answers.js';
import { grant } from '../oauth/consent.js';
import { oneOf, shape, text } from '../validate/rules.js';
import { integrationOf, setInstalled } from './access.js';
import { control, type ControlCall, type ControlRoute } from './context.js';

/** amoCRM: a call after an install waits for 3 s, its answer is ignored, and it is not repeated. */
const CALL_TIMEOUT_MS = 3_000;
const USER_AGENT = 'amoService-oAuth-Code-Sender/1.0';

interface CallOut {
  readonly url: string;
}

/** What came of the call: the sandbox tells it, amoCRM would not. */
async function callOut({ url }: CallOut): Promise<object> {
  const startedAt = performance.now();
  const signal = AbortSignal.timeout(CALL_TIMEOUT_MS);
  const took = (): number => Math.round(performance.now() - startedAt);
  try {
    const answer = await fetch(url, {
      headers: { 'user-agent': USER_AGENT },
      redirect: 'manual',
      signal,
    });
    await answer.arrayBuffer();
    return { url, status: answer.status, tookMs: took() };
  } catch {
    return { url, status: null, tookMs: took(), error: signal.aborted ? 'timeout' : 'failed' };
  }
}

/** A person installs the widget: the code comes by a GET of the server, with from_widget and without a state. */
function widgetInstall(call: ControlCall): CallOut {
  const input = control(call, shape({ clientId: text(64), referer: text(253) }));
  const { id } = integrationOf(call, input.clientId);
  const { world, hosts } = call.core;
  const { host, account } = call;
  const { referer } = input;
  const granted = grant({ world, hosts, host, referer, clientId: id, state: undefined, accountId: account.id });
  if (!granted) throw problem(404, `No integration ${id}`);
  const url = new URL(granted.redirectUrl);
  url.searchParams.set('from_widget', '1');
  return { url: url.href };
}

/** A person switches the integration off: its tokens end, then its disconnect hook is called, signed. */
function uninstall(call: ControlCall): CallOut {
  const parameter = oneOf(['client_uuid', 'client_id']);
  const input = control(call, shape({ url: text(2_000, { blank: false }), clientId: text(64), parameter }, ['url']));
  if (!URL.canParse(input.url)) throw problem(400, 'url is no URL');
  const { id } = integrationOf(call, input.clientId);
  setInstalled(call, id, false);
  const signed = signUninstall(call, id);
  const url = new URL(input.url);
  url.searchParams.set('account_id', String(call.account.id));
  url.searchParams.set(input.parameter ?? 'client_uuid', id);
  url.searchParams.set('signature', signed.signature);
  return { url: url.href };
}

/** The query of the disconnect hook: signed with the client secret over `client_uuid|account_id`. */
function signUninstall(call: ControlCall, clientId?: string) {
  const { id, secret } = integrationOf(call, clientId);
  const signature = createHmac('sha256', secret).update(`${id}|${call.account.id}`).digest('hex');
  return { account_id: call.account.id, client_uuid: id, signature };
}

/** Calls that amoCRM itself makes to an integration when it is switched on and off. */
export const callOutRoutes: readonly ControlRoute[] = [
  { method: 'GET', path: '/install/signature', handler: (call) => signUninstall(call) },
  { method: 'POST', path: '/widget-install', handler: widgetInstall, after: (made) => callOut(made as CallOut) },
  { method: 'POST', path: '/uninstall', handler: uninstall, after: (made) => callOut(made as CallOut) },
];
