import { ApiClient, type Credentials } from '#testing/product/api-client.js';
import type { Me } from '#testing/product/api-types.js';
import { eventually } from '#testing/eventually.js';
import { send } from '#testing/product/http-answer.js';
import { Product, type ProductMode } from '#testing/product/product.js';

/** One workspace with the amoCRM account that it is connected to. */
export interface Tenant {
  readonly name: string;
  readonly api: ApiClient;
  /** Make deals in its account; answers their ids. */
  makeDeals(count: number): Promise<readonly number[]>;
}

export interface House {
  readonly product: Product;
  readonly a: Tenant;
  readonly b: Tenant;
}

const DEAL = { contacts: 1, company: true, tags: 2, fields: true, tasks: 2, notes: 2, products: 1 } as const;
const READY_WITHIN_MS = 30_000;

/** One product with two workers and two workspaces, each with an account of its own in one sandbox. */
export const startHouse = async (mode: ProductMode): Promise<House> => {
  const env = { LOG_LEVEL: 'warn', AMOCRM_REQUEST_TIMEOUT_MS: '10000', COPY_SETTLE_MS: '30000' };
  const product = await Product.start({ mode, workers: 2, env, name: `fairness-${mode}` });
  try {
    const second = await product.sandbox.control<{ accountId: number }>('POST', '/accounts', {
      subdomain: 'second',
      dataset: 'demo',
    });
    const a = tenant('A', product, product.api, '');
    const b = tenant('B', product, new ApiClient(product.api.baseUrl), `?account=${second.accountId}`);
    await b.api.signIn(await secondAdministrator(product));
    await connect(product, b.api, second.accountId);
    return { product, a, b };
  } catch (error) {
    await product.stop();
    throw error;
  }
};

const tenant = (name: string, product: Product, api: ApiClient, account: string): Tenant => ({
  name,
  api,
  makeDeals: async (count) => {
    const made = await product.sandbox.control<{ ids: readonly number[] }>('POST', `/deals${account}`, {
      count,
      ...DEAL,
    });
    return made.ids;
  },
});

/** With the first one's password: there is no way to make one from outside. */
const secondAdministrator = async (product: Product): Promise<Credentials> => {
  const { id } = await product.api.ok<Me>('GET', '/api/v1/auth/me');
  const email = 'second@example.com';
  await product.postgres.query(
    'sdelka',
    `WITH place AS (INSERT INTO workspaces (id, name) VALUES (gen_random_uuid(), 'Second') RETURNING id),
       person AS (
         INSERT INTO users (id, email, email_key, name, password_hash)
         SELECT gen_random_uuid(), $1, $1, name, password_hash FROM users WHERE id = $2 RETURNING id)
     INSERT INTO memberships (workspace_id, user_id, role) SELECT place.id, person.id, 'admin' FROM place, person`,
    [email, id],
  );
  return { ...product.administrator, email };
};

const connect = async (product: Product, api: ApiClient, accountId: number): Promise<void> => {
  const { authorizeUrl } = await api.ok<{ authorizeUrl: string }>('POST', '/api/v1/crm/connection/start');
  const asked = new URL(authorizeUrl).searchParams;
  const { redirectUrl } = await product.sandbox.control<{ redirectUrl: string }>(
    'POST',
    `/consent?account=${accountId}`,
    { clientId: asked.get('client_id'), state: asked.get('state') },
  );
  const landed = await send(redirectUrl);
  if (landed.status !== 200) throw new Error(`The second account was refused: ${JSON.stringify(landed.body)}`);
  await eventually(() => api.directory(), { withinMs: READY_WITHIN_MS, everyMs: 200 });
};
