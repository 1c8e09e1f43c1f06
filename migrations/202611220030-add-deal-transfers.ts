import type { MigrationInterface, QueryRunner } from 'typeorm';

const KINDS = `
ALTER TABLE copy_operations
  ADD COLUMN kind text NOT NULL DEFAULT 'copy' CHECK (kind IN ('copy', 'transfer')),
  -- The transfer that this one puts back.
  ADD COLUMN undo_of uuid,
  ADD CONSTRAINT copy_operations_undo CHECK (undo_of IS NULL OR kind = 'transfer');
-- Each kind has a list of its own, newest first.
CREATE INDEX copy_operations_of_kind ON copy_operations (workspace_id, kind, created_at DESC, id DESC);
CREATE INDEX copy_operations_undoings ON copy_operations (workspace_id, undo_of) WHERE undo_of IS NOT NULL;

-- The steps of transfers besides those of copies.
ALTER TABLE copy_items DROP CONSTRAINT copy_items_step_check;
ALTER TABLE copy_items ADD CONSTRAINT copy_items_step_check
  CHECK (step IN ('new', 'creating', 'created', 'linking', 'linked', 'tasking', 'tasked', 'noting', 'noted',
    'moving', 'moved', 'handing', 'handed', 'entrusting', 'entrusted'));
`;

const CHANGES = `
-- What a transfer changes, stored before the first write: what it was, and what it is to become.
CREATE TABLE transfer_changes (
  workspace_id uuid NOT NULL,
  operation_id uuid NOT NULL,
  entity text NOT NULL CHECK (entity IN ('deal', 'task', 'contact', 'company')),
  entity_id bigint NOT NULL,
  seq integer NOT NULL,
  before jsonb NOT NULL,
  after jsonb NOT NULL,
  state text NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'written', 'left')),
  -- Why it was left alone.
  remark jsonb,
  -- Deals share contacts: one of them hands a contact over, once.
  PRIMARY KEY (workspace_id, operation_id, entity, entity_id),
  FOREIGN KEY (workspace_id, operation_id, seq) REFERENCES copy_items (workspace_id, operation_id, seq) ON DELETE CASCADE
);
CREATE INDEX transfer_changes_item ON transfer_changes (workspace_id, operation_id, seq);
`;

/** Operations get a kind; transfers keep what they change, so that it can be told and put back. */
export class AddDealTransfers202611220030 implements MigrationInterface {
  name = 'AddDealTransfers0202611220030';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(KINDS);
    await runner.query(CHANGES);
    await runner.query(`SELECT sdelka_tenant_table('transfer_changes')`);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
