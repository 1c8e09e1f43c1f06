import { problem } from '../http/answers.js';
import type { Platform } from '../hosts.js';
import { oneOf, shape, text } from '../validate/rules.js';
import { control, type ControlCall, type ControlRoute } from './context.js';

const DEFAULT_ACCOUNT_ID = 31_500_000;
const aSubdomain = text(63, { blank: false });

const addedAccount = shape(
  {
    subdomain: aSubdomain,
    dataset: oneOf(['demo', 'empty']),
    platform: oneOf(['amocrm', 'kommo']),
    currency: oneOf(['RUB', 'USD', 'EUR', 'BRL', 'MXN', 'KZT']),
    language: oneOf(['ru', 'en', 'es', 'pt']),
  },
  ['subdomain'],
);

/** Two accounts of one name would be one host. */
function requireFree(call: ControlCall, subdomain: string, platform: Platform): void {
  if (call.core.hosts.isTaken(subdomain, platform)) throw problem(400, `subdomain ${subdomain} is taken, or no name`);
}

/** One account more; without a platform it lives where the setting says. */
function addAccount(call: ControlCall): object {
  const { subdomain, dataset = 'empty', ...choices } = control(call, addedAccount);
  const { world, hosts, settings } = call.core;
  requireFree(call, subdomain, choices.platform ?? settings.platform);
  const ids = [...world.tables.all('accounts')].map((account) => account.id);
  const id = Math.max(DEFAULT_ACCOUNT_ID, ...ids) + 1;
  call.core.addAccount(id, subdomain, subdomain, dataset, choices);
  return { accountId: id, subdomain, host: hosts.of(world.accountRow(id), call.host) };
}

/** A person gives the account another address. Its tokens stay good, at the new one. */
function move(call: ControlCall): object {
  const { subdomain } = control(call, shape({ subdomain: aSubdomain }, ['subdomain']));
  const { world, hosts } = call.core;
  const account = world.accountRow(call.account.id);
  requireFree(call, subdomain, hosts.platformOf(account));
  const moved = world.tables.put('accounts', { ...account, subdomain });
  return { accountId: account.id, subdomain, from: hosts.of(account, call.host), host: hosts.of(moved, call.host) };
}

/** Which accounts there are, and where. */
export const accountRoutes: readonly ControlRoute[] = [
  { method: 'POST', path: '/accounts', status: 201, handler: addAccount },
  { method: 'POST', path: '/subdomain', handler: move },
];
