import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ClientEntry } from '#domain/clients/history/client-entry.js';
import { asId, type ClientEntryId } from '#domain/shared/ids.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { IDS, type Ids } from '#application/shared/ports/ids.js';
import { AuthorNames } from '../../history/author-names.js';
import { checkedMentions } from '../../history/checked-mentions.js';
import { entryAuthor } from '../../history/entry-author.js';
import { EntryStore } from '../../history/entry-store.js';
import { commentView } from '../../history/entry-views.js';
import type { CommentView } from '../../queries/get-comment/comment.view.js';
import { AddCommentCommand } from './add-comment.command.js';

@CommandHandler(AddCommentCommand)
export class AddCommentHandler implements ICommandHandler<AddCommentCommand> {
  constructor(
    private readonly store: EntryStore,
    private readonly names: AuthorNames,
    private readonly context: CurrentContext,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ clientId, text, mentions }: AddCommentCommand): Promise<CommentView> {
    const at = this.clock.now();
    const entry = ClientEntry.add({
      id: asId<ClientEntryId>(this.ids.next()),
      clientId,
      kind: 'comment',
      at,
      createdAt: at,
      text,
      mentions: checkedMentions(text, mentions),
      author: await this.names.known(entryAuthor(this.context.get().actor)),
    });
    return commentView(await this.store.add(entry));
  }
}
