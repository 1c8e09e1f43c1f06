import { Injectable } from '@nestjs/common';
import type { EntryAuthor } from '#domain/clients/history/client-entry.js';
import { MemberNames } from '#application/identity/index.js';
import type { AuthorView } from '../queries/get-comment/comment.view.js';

/** Names of those who wrote something: of members the ones they have now. */
@Injectable()
export class AuthorNames {
  constructor(private readonly names: MemberNames) {}

  /** The same rows, with the names of their authors where they have none of their own. */
  async fill<T extends AuthorView>(rows: readonly T[]): Promise<readonly T[]> {
    const ids = [...new Set(rows.flatMap(({ authorKind, authorId }) => (authorKind === 'user' && authorId) || []))];
    const names = await this.names.of(ids);
    return rows.map((row) => {
      const name = row.authorKind === 'user' && row.authorId !== null ? names.get(row.authorId) : undefined;
      // Whoever is no member any more goes by the name that was written down.
      return name ? { ...row, authorName: name } : row;
    });
  }

  /** An author with the name to be written down, for the time when there is nobody to look up. */
  async known(author: EntryAuthor): Promise<EntryAuthor> {
    if (author.kind !== 'user' || author.id === null) return author;
    return { ...author, name: (await this.names.of([author.id])).get(author.id) ?? null };
  }
}
