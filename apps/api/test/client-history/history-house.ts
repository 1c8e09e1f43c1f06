import { v7 } from 'uuid';
import type { Role } from '#domain/identity/permissions.js';
import { ADMIN, type ApiHouse, apiHouse } from '../api-house.js';

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: T;
}

interface Call {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly body?: unknown;
  readonly as?: Member;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Somebody of the workspace, signed in. */
export interface Member {
  readonly id: string;
  readonly token: string;
}

/** The whole API with people of every kind, one workspace beside the administrator's, and clients to talk about. */
export interface HistoryHouse {
  readonly api: ApiHouse;
  readonly admin: Member;
  readonly workspaceId: string;
  /** An administrator of another workspace. */
  readonly stranger: Member;
  call<T = Record<string, unknown>>(path: string, call?: Call): Promise<Answer<T>>;
  /** Another member of the administrator's workspace. */
  member(role: Role, name?: string): Promise<Member>;
  /** A client of the administrator's workspace, or of another one. */
  client(workspaceId?: string): Promise<string>;
  /** A statement as the superuser. */
  sql<T extends object = Record<string, unknown>>(statement: string, values?: readonly unknown[]): Promise<T[]>;
  close(): Promise<void>;
}

const login = async (api: ApiHouse, email: string): Promise<Member> => {
  const payload = { email, password: ADMIN.password };
  const answer = await api.fastify.inject({ method: 'POST', url: '/api/v1/auth/login', payload });
  const { accessToken: token } = answer.json<{ accessToken: string }>();
  const me = await api.fastify.inject({ url: '/api/v1/auth/me', headers: { authorization: `Bearer ${token}` } });
  return { id: me.json<{ id: string }>().id, token };
};

export const historyHouse = async (env: Readonly<Record<string, string>> = {}): Promise<HistoryHouse> => {
  const api = await apiHouse({ env });
  const sql: HistoryHouse['sql'] = (statement, values = []) => api.database.owner.query(statement, [...values]);
  const [home] = await sql<{ id: string }>('SELECT id FROM workspaces');
  const workspaceId = home?.id ?? '';
  const admin = await login(api, ADMIN.email);

  const join = async (workspace: string, role: Role, name: string): Promise<Member> => {
    const id = v7();
    const email = `${id}@example.test`;
    await sql(
      `INSERT INTO users (id, email, email_key, name, password_hash)
       SELECT $1, $2, $2, $3, password_hash FROM users WHERE id = $4`,
      [id, email, name, admin.id],
    );
    await sql(`INSERT INTO memberships (workspace_id, user_id, role) VALUES ($1, $2, $3)`, [workspace, id, role]);
    return login(api, email);
  };
  const otherId = v7();
  await sql(`INSERT INTO workspaces (id, name) VALUES ($1, 'Another')`, [otherId]);
  const stranger = await join(otherId, 'admin', 'Stranger');

  return {
    api,
    admin,
    workspaceId,
    stranger,
    sql,
    member: (role, name = role) => join(workspaceId, role, name),
    call: async <T>(path: string, { method = 'GET', body, as = admin, headers = {} }: Call = {}) => {
      const answer = await api.fastify.inject({
        method,
        url: `/api/v1/${path}`,
        ...(body !== undefined && { payload: body as object }),
        headers: { authorization: `Bearer ${as.token}`, ...headers },
      });
      return {
        status: answer.statusCode,
        headers: answer.headers,
        body: (answer.body === '' ? null : answer.json()) as T,
      };
    },
    client: async (workspace = workspaceId) => {
      const id = v7();
      await sql(
        `INSERT INTO clients (workspace_id, id, kind, name, name_key, search_text, created_at, updated_at)
         VALUES ($1, $2, 'person', 'Пётр', 'петр', 'петр', now(), now())`,
        [workspace, id],
      );
      return id;
    },
    close: () => api.close(),
  };
};
