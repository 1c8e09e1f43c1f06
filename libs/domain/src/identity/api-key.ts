import { AppError, type FieldIssue } from '../shared/app-error.js';
import type { ApiKeyId, UserId, WorkspaceId } from '../shared/ids.js';
import { sharedErrors } from '../shared/shared.errors.js';
import { parseAddressRange } from './address-range.js';
import { identityErrors } from './identity.errors.js';
import { type Permission, PERMISSIONS } from './permissions.js';

/** What a key can be for. Handing out access is for people: a key that leaked must not make others. */
export const KEY_SCOPES: readonly Permission[] = PERMISSIONS.filter(
  (permission) =>
    permission !== 'identity:manage-keys' &&
    permission !== 'identity:manage-roles' &&
    permission !== 'identity:manage-members',
);

export const MAX_KEY_RANGES = 50;
export const MAX_OVERLAP_HOURS = 168;
export const DEFAULT_OVERLAP_HOURS = 24;
export const MAX_KEY_RATE = 1_000;
export const MAX_KEY_BURST = 10_000;
export const DEFAULT_KEY_RATE = 50;
export const DEFAULT_KEY_BURST = 100;
// Who rotates more often than the overlaps end has lost count of where his keys are.
const MAX_SECRETS = 5;

/** One secret of a key, known by its hash only. */
export interface KeySecret {
  /** Hex SHA-256. */
  readonly hash: string;
  /** Null for the newest one; a replaced one is taken until then. */
  readonly acceptedUntil: Date | null;
}

/** What the people who manage a key decide. */
export interface KeyTerms {
  readonly name: string;
  readonly scopes: readonly Permission[];
  /** Null = never. */
  readonly expiresAt: Date | null;
  /** Where requests may come from, as they were written; empty = anywhere. */
  readonly allowedAddresses: readonly string[];
  readonly requestsPerSecond: number;
  /** Requests that may come at once after a pause. */
  readonly burst: number;
}

export interface ApiKeyFacts extends KeyTerms {
  readonly workspaceId: WorkspaceId;
  readonly id: ApiKeyId;
  readonly secrets: readonly KeySecret[];
  readonly isActive: boolean;
  readonly createdBy: UserId | null;
  readonly createdAt: Date;
  /** To the minute; kept by whoever lets the key in. */
  readonly lastUsedAt: Date | null;
  readonly lastUsedAddress: string | null;
  /** 0 until it is stored for the first time. */
  readonly version: number;
}

/** A program's credential. It belongs to the workspace, and outlives the membership of whoever made it. */
export class ApiKey {
  private constructor(private current: ApiKeyFacts) {}

  /** @throws AppError `shared.validation_failed` */
  static create(
    start: KeyTerms & Pick<ApiKeyFacts, 'workspaceId' | 'id' | 'createdBy'>,
    hash: string,
    at: Date,
  ): ApiKey {
    assertSound(start, at);
    return new ApiKey({
      ...start,
      secrets: [{ hash, acceptedUntil: null }],
      isActive: true,
      createdAt: at,
      lastUsedAt: null,
      lastUsedAddress: null,
      version: 0,
    });
  }

  static restore(facts: ApiKeyFacts): ApiKey {
    return new ApiKey(facts);
  }

  get facts(): ApiKeyFacts {
    return this.current;
  }

  /** @throws AppError `shared.validation_failed` */
  change(terms: Partial<KeyTerms>, at: Date): void {
    assertSound(terms, at);
    this.current = { ...this.current, ...terms };
  }

  /**
   * Take a new secret. All that were taken so far end after the overlap, or sooner if they were to; none ends because
   * somebody else rotates at the same time.
   *
   * @throws AppError `identity.api_key_overlaps`
   */
  rotate(hash: string, overlapHours: number, at: Date): void {
    const end = new Date(at.getTime() + overlapHours * 3_600_000);
    const replaced = this.current.secrets
      .map((secret) => ({ ...secret, acceptedUntil: earlier(secret.acceptedUntil, end) }))
      .filter(({ acceptedUntil }) => acceptedUntil > at);
    if (replaced.length >= MAX_SECRETS) throw new AppError(identityErrors['identity.api_key_overlaps']);
    this.current = { ...this.current, secrets: [...replaced, { hash, acceptedUntil: null }] };
  }

  activate(): void {
    if (!this.current.isActive) this.current = { ...this.current, isActive: true };
  }

  deactivate(): void {
    if (this.current.isActive) this.current = { ...this.current, isActive: false };
  }
}

/** Until when the last of the replaced secrets is taken; null when none is. */
export const overlapEndOf = ({ secrets }: Pick<ApiKeyFacts, 'secrets'>, at: Date): Date | null => {
  const ends = secrets.flatMap(({ acceptedUntil }) => (acceptedUntil && acceptedUntil > at ? [acceptedUntil] : []));
  return ends.reduce<Date | null>((last, end) => (last && last > end ? last : end), null);
};

/** Why a key with this secret is not let in now; null when it is. */
export const refusalOf = (facts: ApiKeyFacts, hash: string, at: Date): string | null => {
  const secret = facts.secrets.find((candidate) => candidate.hash === hash);
  if (!secret) return 'wrong_secret';
  if (secret.acceptedUntil && secret.acceptedUntil <= at) return 'replaced';
  if (!facts.isActive) return 'deactivated';
  return facts.expiresAt && facts.expiresAt <= at ? 'expired' : null;
};

const earlier = (one: Date | null, other: Date): Date => (one && one < other ? one : other);

const assertSound = ({ expiresAt, allowedAddresses = [] }: Partial<KeyTerms>, at: Date): void => {
  const issues: FieldIssue[] = allowedAddresses.flatMap((text, index) =>
    parseAddressRange(text)
      ? []
      : [{ path: `allowedAddresses.${index}`, code: 'malformed', message: 'is no address and no range (CIDR)' }],
  );
  if (expiresAt && Number.isNaN(expiresAt.getTime())) {
    issues.push({ path: 'expiresAt', code: 'malformed', message: 'is not an instant' });
  } else if (expiresAt && expiresAt <= at) {
    issues.push({ path: 'expiresAt', code: 'past', message: 'must be in the future' });
  }
  if (issues.length > 0) throw new AppError(sharedErrors['shared.validation_failed'], { issues });
};
