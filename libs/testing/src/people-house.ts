import type { DataSource } from 'typeorm';
import type { IdentityHouse } from './identity-house.js';
import { secretOf } from './mail/mail-box.js';

/** A good password of whoever is made up by tests. */
export const PASSWORD = 'seven unlikely green trombones';

/** Put people into a workspace past all doors; they sign in with the administrator's password. */
export const storeMember = async (
  owner: DataSource,
  { workspaceId, email, role }: { workspaceId: string; email: string; role: string },
): Promise<string> => {
  const [row] = await owner.query<{ id: string }[]>(
    `WITH member AS (
       INSERT INTO users (id, email, email_key, name, password_hash)
       SELECT gen_random_uuid(), $1, lower($1), $1, password_hash FROM users LIMIT 1 RETURNING id)
     INSERT INTO memberships (workspace_id, user_id, role) SELECT $2, id, $3 FROM member RETURNING user_id AS id`,
    [email, workspaceId, role],
  );
  if (!row) throw new Error('There is nobody whose password could be lent');
  return row.id;
};

/** The token in the newest invitation to an address. */
export const invitedWith = async (house: Pick<IdentityHouse, 'deliverMails' | 'mailBox'>, email: string) => {
  await house.deliverMails();
  return secretOf(house.mailBox.last(email), '/invite/');
};
