import type { MigrationInterface, QueryRunner } from 'typeorm';

const POSITIONS = `
ALTER TABLE client_links ADD COLUMN position_id uuid,
  ADD CONSTRAINT client_links_position
    FOREIGN KEY (workspace_id, position_id) REFERENCES dictionary_entries (workspace_id, id);
-- For the question whether an entry is in use.
CREATE INDEX client_links_of_position ON client_links (workspace_id, position_id) WHERE position_id IS NOT NULL;
`;

/** What a person is at a company may be an entry of the dictionary of positions, beside words of its own. */
export class NamePositions202611240070 implements MigrationInterface {
  // TypeORM sorts by the last thirteen digits.
  name = 'NamePositions0202611240070';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(POSITIONS);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
