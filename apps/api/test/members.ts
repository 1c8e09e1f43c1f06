import { randomUUID } from 'node:crypto';
import { aDisposableToken } from '#testing/crm/disposable-token.js';
import { ADMIN, type ApiHouse, INTEGRATION } from './api-house.js';

export type Headers = Readonly<Record<string, string>>;

/** A member of a workspace with a role, signed in: the header to call with. The password is the administrator's. */
export const memberOf = async (house: ApiHouse, workspaceId: string, role: string): Promise<Headers> => {
  const email = `${role}-${randomUUID()}@example.com`;
  await house.database.owner.query(
    `WITH member AS (
       INSERT INTO users (id, email, email_key, name, password_hash)
       SELECT gen_random_uuid(), $1, $1, $1, password_hash FROM users WHERE email_key = $2 RETURNING id)
     INSERT INTO memberships (workspace_id, user_id, role) SELECT $3, id, $4 FROM member`,
    [email, ADMIN.email, workspaceId, role],
  );
  const answer = await house.fastify.inject({
    method: 'POST',
    url: '/api/v1/auth/login',
    payload: { email, password: ADMIN.password },
  });
  return { authorization: `Bearer ${answer.json<{ accessToken: string }>().accessToken}` };
};

/** A fresh one-time token of somebody whom only amoCRM knows, at a page of the account. */
export const visitorOf = (accountId: number, origin: string, isAdmin: boolean): Headers => {
  const claims = {
    client_uuid: INTEGRATION.AMOCRM_CLIENT_ID,
    aud: 'http://127.0.0.1:3000',
    iss: origin,
    account_id: accountId,
    user_id: 77,
    is_admin: isAdmin,
  };
  return { 'x-auth-token': aDisposableToken(new Date(), claims, { key: INTEGRATION.AMOCRM_CLIENT_SECRET }) };
};
