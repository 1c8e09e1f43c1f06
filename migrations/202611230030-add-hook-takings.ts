import type { MigrationInterface, QueryRunner } from 'typeorm';

const TAKINGS = `
-- What the processes that take hooks in tell each other: how many they took of which token. Across workspaces, so the
-- application itself has no business here.
CREATE TABLE hook_takings (
  process_id uuid NOT NULL,
  token_id uuid NOT NULL,
  taken bigint NOT NULL CHECK (taken > 0),
  told_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (process_id, token_id)
) WITH (fillfactor = 50);
GRANT SELECT, INSERT, UPDATE, DELETE ON hook_takings TO sdelka_system;
`;

/** Lets the processes that take hooks in share one rate for each token. */
export class AddHookTakings202611230030 implements MigrationInterface {
  name = 'AddHookTakings0202611230030';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TAKINGS);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
