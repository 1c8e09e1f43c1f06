import { Injectable } from '@nestjs/common';
import { type CommentPlaceView, FindCommentsQuery } from '#application/clients/index.js';
import { FindRecipientQuery, type RecipientView } from '#application/identity/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';

/** What the other contexts know of mentions; asked by the product itself. */
@Injectable()
export class MentionPlaces {
  constructor(private readonly bus: AppBus) {}

  /** Those of the comments that are still there and still mention the member, in the order of the ids. */
  async of(memberId: string, entryIds: readonly string[]): Promise<readonly CommentPlaceView[]> {
    const found = await this.bus.ask(new FindCommentsQuery(entryIds));
    const byId = new Map(found.map((place) => [place.id, place]));
    return entryIds.flatMap((id) => {
      const place = byId.get(id);
      return place?.mentions.includes(memberId) ? [place] : [];
    });
  }

  /** The member, if he may be told of clients. */
  recipient(memberId: string): Promise<RecipientView | null> {
    return this.bus.ask(new FindRecipientQuery(memberId, 'clients:read'));
  }
}
