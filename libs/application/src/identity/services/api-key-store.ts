import { Inject, Injectable } from '@nestjs/common';
import type { ApiKey, ApiKeyFacts } from '#domain/identity/api-key.js';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import type { ApiKeyId } from '#domain/shared/ids.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { CurrentContext } from '../../shared/context/current-context.js';
import { AUDIT_TRAIL, type AuditTrail } from '../../shared/ports/audit-trail.js';
import { API_KEYS, type ApiKeys } from '../ports/api-keys.js';
import { assertWithinOwnRights } from './own-rights.js';

/** Adds, changes and deletes API keys in the open transaction, with their audit lines. */
@Injectable()
export class ApiKeyStore {
  constructor(
    private readonly context: CurrentContext,
    @Inject(API_KEYS) private readonly keys: ApiKeys,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
  ) {}

  /** @throws AppError `identity.beyond_own_rights` */
  async add(key: ApiKey): Promise<ApiKeyFacts> {
    this.assertOwn(key.facts);
    await this.keys.save(key);
    await this.record(null, key.facts);
    return stored(key.facts);
  }

  /**
   * Change a key. Whoever makes it do more, or sees a secret of it, must himself be allowed all that it may do, before and
   * after; anybody who manages keys may stop one.
   *
   * @param expectedVersion  the version that the caller saw; undefined = whatever it is
   * @throws AppError `identity.api_key_unknown` | `shared.version_conflict` | `identity.beyond_own_rights`
   */
  async change(
    id: ApiKeyId,
    apply: (key: ApiKey) => void,
    { expectedVersion, onlyStops = false }: { expectedVersion?: number; onlyStops?: boolean } = {},
  ): Promise<ApiKeyFacts> {
    const key = await this.lock(id);
    const before = key.facts;
    if (expectedVersion !== undefined && expectedVersion !== before.version) {
      throw new AppError(sharedErrors['shared.version_conflict'], { details: { currentVersion: before.version } });
    }
    if (!onlyStops) this.assertOwn(before);
    apply(key);
    if (!onlyStops) this.assertOwn(key.facts);
    if (key.facts === before) return before;
    await this.keys.save(key);
    await this.record(before, key.facts);
    return stored(key.facts);
  }

  /** @throws AppError `identity.api_key_unknown` */
  async remove(id: ApiKeyId): Promise<void> {
    const { facts } = await this.lock(id);
    await this.keys.remove(id);
    await this.record(facts, null);
  }

  private async lock(id: ApiKeyId): Promise<ApiKey> {
    const key = await this.keys.lock(id);
    if (!key) throw new AppError(identityErrors['identity.api_key_unknown']);
    return key;
  }

  private assertOwn({ scopes }: ApiKeyFacts): void {
    assertWithinOwnRights(this.context.get().actor, scopes);
  }

  private record(before: ApiKeyFacts | null, after: ApiKeyFacts | null): Promise<void> {
    const entityId = (after ?? before)?.id ?? '';
    return this.audit.record({
      entityType: 'identity.api_key',
      entityId,
      before: before && told(before),
      after: after && told(after),
    });
  }
}

const stored = (facts: ApiKeyFacts): ApiKeyFacts => ({ ...facts, version: facts.version + 1 });

/** What the audit trail tells of a key: neither a secret nor its hash. */
const told = (facts: ApiKeyFacts) => ({
  name: facts.name,
  scopes: facts.scopes,
  expiresAt: facts.expiresAt?.toISOString() ?? null,
  allowedAddresses: facts.allowedAddresses,
  requestsPerSecond: facts.requestsPerSecond,
  burst: facts.burst,
  isActive: facts.isActive,
  secrets: facts.secrets.map(({ acceptedUntil }) => acceptedUntil?.toISOString() ?? 'newest'),
});
