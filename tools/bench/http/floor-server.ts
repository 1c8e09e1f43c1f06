import { fastify } from 'fastify';
import pg from 'pg';

// The floor as a process of its own: bare Fastify, and the driver with a named statement. Its parent says where.
const [port = '0', databaseUrl = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: databaseUrl, max: 8 });
const server = fastify({ bodyLimit: 1_048_576 });
server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, (_request, body, done) =>
  done(null, body),
);

server.get('/status', () => ({}));
server.post('/hook', () => ({}));
server.post('/insert', async ({ body }) => {
  await pool.query({ name: 'insert', text: 'INSERT INTO bench_floor (body) VALUES ($1)', values: [body] });
  return {};
});
await pool.query(
  'CREATE TABLE IF NOT EXISTS bench_floor (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL DEFAULT now(), body bytea)',
);
await server.listen({ port: Number(port), host: '127.0.0.1' });
