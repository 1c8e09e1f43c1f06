import { Inject, Injectable } from '@nestjs/common';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import type { ClientEntry, EntryFacts, EntryKind } from '#domain/clients/history/client-entry.js';
import { INTERACTION_KINDS } from '#domain/clients/history/client-entry.js';
import { AppError, type ErrorSpec } from '#domain/shared/app-error.js';
import type { ClientEntryId } from '#domain/shared/ids.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { AUDIT_TRAIL, type AuditTrail } from '#application/shared/ports/audit-trail.js';
import { CLIENT_ENTRIES, type ClientEntries, MAX_PINNED } from '../ports/client-entries.js';
import { KnownMembers } from '../services/known-members.js';

/** What is changed: a comment or an interaction, each by its own address. */
export const COMMENTS: readonly EntryKind[] = ['comment'];
export const INTERACTIONS: readonly EntryKind[] = INTERACTION_KINDS;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const unknown = (kinds: readonly EntryKind[]): ErrorSpec =>
  clientsErrors[kinds === COMMENTS ? 'clients.comment_unknown' : 'clients.interaction_unknown'];

/** Adds and changes entries in the open transaction, with their audit lines. What was said is not repeated in those. */
@Injectable()
export class EntryStore {
  constructor(
    @Inject(CLIENT_ENTRIES) private readonly entries: ClientEntries,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    private readonly members: KnownMembers,
  ) {}

  /** @throws AppError `clients.client_unknown` | `shared.validation_failed` when somebody who is mentioned is no member */
  async add(entry: ClientEntry): Promise<EntryFacts> {
    await this.assertMembers('mentions', entry.facts.mentions);
    await this.assertMembers('participantIds', entry.facts.participantIds);
    await this.entries.add(entry);
    await this.record(null, entry.facts);
    return { ...entry.facts, version: 1 };
  }

  /**
   * Change an entry that is neither deleted nor of a deleted client.
   *
   * @param expected  the version that the caller saw; undefined = whatever it is
   * @throws AppError `clients.comment_unknown` | `clients.interaction_unknown` | `shared.version_conflict`
   */
  async change(
    id: ClientEntryId,
    kinds: readonly EntryKind[],
    expected: number | undefined,
    apply: (entry: ClientEntry) => void,
  ): Promise<EntryFacts> {
    const entry = await this.entries.lock(id, kinds);
    if (!entry) throw new AppError(unknown(kinds));
    const before = entry.facts;
    if (expected !== undefined && expected !== before.version) {
      throw new AppError(sharedErrors['shared.version_conflict'], { details: { currentVersion: before.version } });
    }
    apply(entry);
    const { facts } = entry;
    if (facts === before) return before;
    await this.assertMembers('mentions', added(facts.mentions, before.mentions));
    await this.assertMembers('participantIds', added(facts.participantIds, before.participantIds));
    if (facts.pinnedAt && !before.pinnedAt) await this.assertRoomToPin(facts);
    await this.entries.save(entry, before);
    await this.record(before, facts);
    return { ...facts, version: before.version + 1 };
  }

  private async assertMembers(path: string, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const members = await this.members.find(ids.filter((id) => UUID.test(id)));
    const found = new Map(members.map((member) => [member.id, member]));
    const issues = ids.flatMap((id) => {
      if (!found.has(id)) return [{ path, code: 'unknown_member', message: `${id} is no member here` }];
      // Somebody who was blocked since may have been at a meeting, but can be told nothing.
      const isDeaf = path === 'mentions' && found.get(id)?.isActive === false;
      return isDeaf ? [{ path, code: 'blocked_member', message: `${id} is blocked and would not be told` }] : [];
    });
    if (issues.length === 0) return;
    throw new AppError(sharedErrors['shared.validation_failed'], { issues });
  }

  private async assertRoomToPin({ clientId }: EntryFacts): Promise<void> {
    if ((await this.entries.pinned(clientId)) < MAX_PINNED) return;
    throw new AppError(clientsErrors['clients.too_many_pinned'], { details: { max: MAX_PINNED } });
  }

  private record(before: EntryFacts | null, after: EntryFacts): Promise<void> {
    return this.audit.record({
      entityType: after.kind === 'comment' ? 'clients.comment' : 'clients.interaction',
      entityId: after.id,
      before: before && told(before),
      after: told(after),
    });
  }
}

const added = <T>(now: readonly T[], before: readonly T[]): readonly T[] => now.filter((one) => !before.includes(one));

const told = ({ clientId, kind, at, pinnedAt, editedAt, deletedAt }: EntryFacts) => ({
  clientId,
  kind,
  at: at.toISOString(),
  isPinned: pinnedAt !== null,
  editedAt: editedAt?.toISOString() ?? null,
  isDeleted: deletedAt !== null,
});
