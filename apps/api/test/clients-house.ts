import type { LightMyRequestResponse } from 'fastify';
import type { Role } from '#domain/identity/permissions.js';
import { type ApiHouse, apiHouse } from './api-house.js';

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** The whole API with people of every role in two workspaces. */
export interface ClientsHouse extends ApiHouse {
  readonly workspaceId: string;
  readonly adminId: string;
  /** Send as the administrator unless another token is given. `path` is behind /api/v1/clients. */
  send(method: Method, path: string, body?: object, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  /** An access token of a new user in the given role, in the first workspace or another one. */
  join(role: Role, workspaceId?: string): Promise<string>;
}

const PASSWORD_OWNER = 'admin@example.test';

export const clientsHouse = async (): Promise<ClientsHouse> => {
  const house = await apiHouse({ integration: false });
  const token = await house.signIn();
  const me = await house.fastify.inject({ url: '/api/v1/auth/me', headers: { authorization: `Bearer ${token}` } });
  const { workspaceId, id: adminId } = me.json<{ workspaceId: string; id: string }>();
  let people = 0;
  return {
    ...house,
    workspaceId,
    adminId,
    send: (method, path, body, headers = {}) =>
      house.fastify.inject({
        method,
        url: `/api/v1/clients${path}`,
        ...(body && { payload: body }),
        headers: { authorization: `Bearer ${token}`, ...headers },
      }),
    join: async (role, where = workspaceId) => {
      const email = `person${++people}@example.test`;
      await house.database.owner.query(
        `WITH w AS (INSERT INTO workspaces (id, name) VALUES ($1, 'Another') ON CONFLICT DO NOTHING),
         u AS (INSERT INTO users (id, email, email_key, name, password_hash)
           SELECT gen_random_uuid(), $2, $2, $2, password_hash FROM users WHERE email = $3 RETURNING id)
         INSERT INTO memberships (workspace_id, user_id, role) SELECT $1, id, $4 FROM u`,
        [where, email, PASSWORD_OWNER, role],
      );
      const answer = await house.fastify.inject({
        method: 'POST',
        url: '/api/v1/auth/login',
        payload: { email, password: 'a long password of the tests' },
      });
      return answer.json<{ accessToken: string }>().accessToken;
    },
  };
};
