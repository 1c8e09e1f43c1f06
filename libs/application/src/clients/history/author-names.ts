import { Inject, Injectable } from '@nestjs/common';
import type { EntryAuthor } from '#domain/clients/history/client-entry.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import type { AuthorView } from '../queries/get-comment/comment.view.js';
import { KnownMembers } from '../services/known-members.js';

const KEEP_MS = 60_000;
const MAX_KEPT = 10_000;

interface Kept {
  readonly name: string | null;
  readonly until: number;
}

/**
 * Names of the members who wrote something. Kept for a minute: the same few people write everything that a screen shows,
 * and a new name may take that long to be seen.
 */
@Injectable()
export class AuthorNames {
  readonly #kept = new Map<string, Kept>();

  constructor(
    private readonly members: KnownMembers,
    private readonly context: CurrentContext,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The same rows, with the names of their authors where they have none of their own. */
  async fill<T extends AuthorView>(rows: readonly T[]): Promise<readonly T[]> {
    const ids = [...new Set(rows.flatMap(({ authorKind, authorId }) => (authorKind === 'user' && authorId) || []))];
    const names = await this.of(ids);
    return rows.map((row) => {
      const name = row.authorKind === 'user' && row.authorId !== null ? names.get(row.authorId) : undefined;
      // Whoever is no member any more goes by the name that was written down.
      return name ? { ...row, authorName: name } : row;
    });
  }

  /** An author with the name to be written down, for the time when there is nobody to look up. */
  async known(author: EntryAuthor): Promise<EntryAuthor> {
    if (author.kind !== 'user' || author.id === null) return author;
    return { ...author, name: (await this.of([author.id])).get(author.id) ?? null };
  }

  private async of(ids: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
    const now = this.clock.now().getTime();
    const workspace = `${this.context.workspaceId()} `;
    const names = new Map<string, string | null>();
    const wanted: string[] = [];
    for (const id of ids) {
      const kept = this.#kept.get(workspace + id);
      if (kept && kept.until > now) names.set(id, kept.name);
      else wanted.push(id);
    }
    if (wanted.length === 0) return names;
    const found = await this.members.find(wanted);
    const known = new Map(found.map(({ id, name }) => [id, name]));
    if (this.#kept.size > MAX_KEPT) this.#kept.clear();
    for (const id of wanted) {
      const name = known.get(id) ?? null;
      names.set(id, name);
      this.#kept.set(workspace + id, { name, until: now + KEEP_MS });
    }
    return names;
  }
}
