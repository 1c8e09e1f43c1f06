import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import Fastify from 'fastify';
import pg from 'pg';

/*
 * The floor: Fastify, pg with named statements, a signed token and compiled schemas over the product's own tables. No roles, no
 * row-level security, no audit, no events.
 */
const { DATABASE_URL, PORT, FLOOR_KEY = '', FLOOR_WORKSPACE } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10, options: '-c timezone=UTC' });
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text: string) => `${text.slice(0, 10)}T${text.slice(11, -3)}Z`);

const text = { type: 'string' };
const nullable = { type: ['string', 'null'] };
const client = {
  type: 'object',
  properties: {
    id: text,
    kind: text,
    name: text,
    main_phone: nullable,
    main_email: nullable,
    source_id: nullable,
    responsible_id: nullable,
    created_at: text,
    updated_at: text,
    version: { type: 'integer' },
  },
};
const COLUMNS = Object.keys(client.properties).join(', ');

const app = Fastify({ logger: false });
app.addHook('onRequest', (request, _reply, done) => {
  const [signed, signature = ''] = (request.headers.authorization ?? '').slice(7).split(/\.(?=[^.]*$)/);
  const right = createHmac('sha256', FLOOR_KEY)
    .update(signed ?? '')
    .digest();
  const given = Buffer.from(signature, 'base64url');
  done(given.length === right.length && timingSafeEqual(given, right) ? undefined : new Error('401'));
});

app.get(
  '/clients',
  { schema: { response: { 200: { type: 'object', properties: { items: { type: 'array', items: client } } } } } },
  async () => {
    const { rows } = await pool.query({
      name: 'list',
      text: `SELECT ${COLUMNS} FROM clients WHERE workspace_id = $1 AND deleted_at IS NULL ORDER BY created_at DESC, id DESC LIMIT 50`,
      values: [FLOOR_WORKSPACE],
    });
    return { items: rows as unknown[] };
  },
);

app.get<{ Params: { id: string } }>('/clients/:id', { schema: { response: { 200: client } } }, async (request) => {
  const values = [FLOOR_WORKSPACE, request.params.id];
  const { rows } = await pool.query({
    name: 'get',
    text: `SELECT ${COLUMNS} FROM clients WHERE workspace_id = $1 AND id = $2`,
    values,
  });
  return rows[0] as unknown;
});

app.post<{ Body: { name: string; phones: { value: string }[] } }>(
  '/clients',
  {
    schema: {
      body: {
        type: 'object',
        required: ['name', 'phones'],
        properties: { name: text, phones: { type: 'array', items: { type: 'object', properties: { value: text } } } },
      },
      response: { 201: client },
    },
  },
  async ({ body }, reply) => {
    const phone = body.phones[0]?.value ?? null;
    const { rows } = await pool.query({
      name: 'add',
      text: `INSERT INTO clients (workspace_id, id, kind, name, name_key, search_text, main_phone, created_at, updated_at)
        VALUES ($1, $2, 'person', $3, lower($3), lower($3) || ' ' || $4, $4, now(), now()) RETURNING ${COLUMNS}`,
      values: [FLOOR_WORKSPACE, randomUUID(), body.name, phone],
    });
    void reply.code(201);
    return rows[0] as unknown;
  },
);

await app.listen({ host: '127.0.0.1', port: Number(PORT) });
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)));
