import { Injectable } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import type { Client, ClientFacts, ClientKind } from '#domain/clients/client.js';
import { clientKeys, identityKeys } from '#domain/clients/client-keys.js';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import { uniqueValues } from '#domain/clients/field-values.js';
import type { ClientId } from '#domain/shared/ids.js';
import type { ClientRules } from '#application/clients/ports/client-rules.js';
import type { Clients, SharedKey } from '#application/clients/ports/clients.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentSession } from '../shared/session.js';
import type { Prepared } from '../shared/statement-batch.js';
import { clientOf, FACTS_COLUMNS, type FactsRow, valuesOf, WRITTEN } from './client-rows.js';
import { PgClientRulesBook } from './pg-client-rules-book.js';

// Written only by the last rules: the count is compared in the very statement.
const IS_CURRENT = `coalesce((SELECT generation FROM client_settings WHERE workspace_id = $1), 0) = $3`;

// Others that share an identity key; the client itself is left out.
const SHARED = `
  SELECT coalesce(json_agg(json_build_object('key', found.key, 'clientId', found.client_id)), '[]') AS shared
  FROM (SELECT k.key, k.client_id FROM client_keys k JOIN clients c ON c.workspace_id = k.workspace_id AND c.id = k.client_id
        WHERE k.workspace_id = $1 AND k.key = ANY ($4::text[]) AND k.client_id <> $2 AND c.deleted_at IS NULL
        LIMIT 10) found`;

const KEYED = `
  keyed AS (INSERT INTO client_keys (workspace_id, key, client_id)
    SELECT $1, key, written.id FROM written, unnest($5::text[]) AS key ON CONFLICT DO NOTHING),
  claimed AS (INSERT INTO client_unique_values (workspace_id, field_code, value, client_id)
    SELECT $1, u.code, u.value, written.id FROM written, unnest($6::text[], $7::text[]) AS u (code, value))`;

const FIRST_VALUE = 8;
const placesFrom = (first: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `$${first + index}`);

const NAMES = WRITTEN.split(',').map((name) => name.trim());
const PLACES = placesFrom(FIRST_VALUE, NAMES.length);

const INSERT: Prepared = {
  name: 'clients.add',
  text: `
  WITH written AS (
    INSERT INTO clients (workspace_id, id, ${WRITTEN}, created_at, created_by)
    SELECT $1, $2, ${PLACES.join(', ')}, $${FIRST_VALUE + NAMES.length}, $${FIRST_VALUE + NAMES.length + 1}
    WHERE ${IS_CURRENT} RETURNING id),
  ${KEYED}
  SELECT (SELECT count(*)::int FROM written) AS written, shared.shared FROM (${SHARED}) shared`,
};

const UPDATE = `
  WITH written AS (
    UPDATE clients SET ${NAMES.map((name, index) => `${name} = ${PLACES[index]}`).join(', ')}, version = version + 1
    WHERE workspace_id = $1 AND id = $2 AND ${IS_CURRENT} RETURNING id),
  ${KEYED}
  SELECT (SELECT count(*)::int FROM written) AS written, shared.shared FROM (${SHARED}) shared`;

const RELEASE = `
  WITH forgotten AS (DELETE FROM client_keys WHERE workspace_id = $1 AND client_id = $2 AND key = ANY ($3::text[]))
  DELETE FROM client_unique_values WHERE workspace_id = $1 AND client_id = $2`;

interface Written {
  readonly written: number;
  readonly shared: readonly SharedKey[];
}

/** Clients as rows, with the keys by which they are found. */
@Injectable()
export class PgClients implements Clients {
  constructor(
    private readonly context: CurrentContext,
    private readonly book: PgClientRulesBook,
  ) {}

  async lock(id: ClientId): Promise<Client | null> {
    const workspaceId = this.context.workspaceId();
    const row = await currentSession().first<FactsRow>(
      `SELECT ${FACTS_COLUMNS} FROM clients WHERE workspace_id = $1 AND id = $2 FOR UPDATE`,
      [workspaceId, id],
    );
    return row ? clientOf(workspaceId, row) : null;
  }

  add({ facts }: Client, rules: ClientRules): Promise<readonly SharedKey[]> {
    return this.write(INSERT, facts, rules, identityKeys(facts), [facts.createdAt, facts.createdBy]);
  }

  async save({ facts }: Client, before: ClientFacts, rules: ClientRules): Promise<readonly SharedKey[]> {
    const keys = new Set(clientKeys(facts, rules.fields));
    const lost = clientKeys(before, rules.fields).filter((key) => !keys.has(key));
    await currentSession().affected(RELEASE, [facts.workspaceId, facts.id, lost]);
    const known = new Set(before.deletedAt ? [] : identityKeys(before));
    // What was shared before was told before.
    const fresh = facts.deletedAt ? [] : identityKeys(facts).filter((key) => !known.has(key));
    return this.write(UPDATE, facts, rules, fresh, []);
  }

  kindsOf(ids: readonly ClientId[]): Promise<ReadonlyMap<ClientId, ClientKind>> {
    return this.readKinds(ids, '');
  }

  heldKindsOf(ids: readonly ClientId[]): Promise<ReadonlyMap<ClientId, ClientKind>> {
    // Whoever changes a client locks its row; in one order, so that two links of the same clients do not wait for each other.
    return this.readKinds(ids, 'ORDER BY id FOR KEY SHARE');
  }

  private async readKinds(ids: readonly ClientId[], how: string): Promise<ReadonlyMap<ClientId, ClientKind>> {
    const rows = await currentSession().rows<{ id: ClientId; kind: ClientKind }>(
      `SELECT id, kind FROM clients WHERE workspace_id = $1 AND id = ANY ($2::uuid[]) AND deleted_at IS NULL ${how}`,
      [this.context.workspaceId(), ids],
    );
    return new Map(rows.map(({ id, kind }) => [id, kind]));
  }

  private async write(
    statement: string | Prepared,
    facts: ClientFacts,
    { generation, fields }: ClientRules,
    told: readonly string[],
    more: readonly unknown[],
  ): Promise<readonly SharedKey[]> {
    // A deleted client holds no values: others may have them.
    const unique = facts.deletedAt ? [] : uniqueValues(fields, facts.fields);
    const row = await currentSession()
      .first<Written>(statement, [
        facts.workspaceId,
        facts.id,
        generation,
        told,
        clientKeys(facts, fields),
        unique.map(({ code }) => code),
        unique.map(({ value }) => value),
        ...valuesOf(facts),
        ...more,
      ])
      .catch((error: unknown) => {
        throw translated(error, unique);
      });
    if (row?.written !== 1) throw this.book.outdated(facts.workspaceId);
    return row.shared;
  }
}

interface DatabaseFault {
  readonly code?: string;
  readonly constraint?: string;
}

/** What a constraint of the tables means to whoever sent the client. */
const translated = (error: unknown, unique: readonly { readonly code: string }[]): unknown => {
  const { code, constraint } = (error ?? {}) as DatabaseFault;
  if (code === '23505' && constraint === 'client_unique_values_pkey') {
    // Behind row-level security the server does not say which of the keys it was.
    const fields = [...new Set(unique.map((value) => value.code))];
    return new AppError(clientsErrors['clients.value_not_unique'], { cause: error, details: { fields } });
  }
  if (code === '23503' && constraint === 'clients_workspace_id_responsible_id_fkey') {
    const issue = { path: 'responsibleId', code: 'unknown_member', message: 'is no member of the workspace' };
    return new AppError(sharedErrors['shared.validation_failed'], { cause: error, issues: [issue] });
  }
  if (code === '23503' && constraint === 'clients_source') {
    // Deleted between the look at the dictionary and now.
    const issue = { path: 'sourceId', code: 'unknown_source', message: 'is no entry of the dictionary sources' };
    return new AppError(sharedErrors['shared.validation_failed'], { cause: error, issues: [issue] });
  }
  return error;
};
