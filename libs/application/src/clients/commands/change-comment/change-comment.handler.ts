import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { EntryFacts } from '#domain/clients/history/client-entry.js';
import { mentionsIn } from '#domain/clients/history/mentions.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { AuthorNames } from '../../history/author-names.js';
import { checkedMentions } from '../../history/checked-mentions.js';
import { entryAuthor, mayRemoveAny } from '../../history/entry-author.js';
import { COMMENTS, EntryStore } from '../../history/entry-store.js';
import { commentView } from '../../history/entry-views.js';
import type { CommentView } from '../../queries/get-comment/comment.view.js';
import { DeleteCommentCommand, EditCommentCommand, PinCommentCommand } from './change-comment.command.js';

const named = async (names: AuthorNames, facts: EntryFacts): Promise<CommentView> => {
  const view = commentView(facts);
  const [filled] = await names.fill([view]);
  return filled ?? view;
};

/** Whom a comment mentions, but not in its text. */
const namedBeside = ({ text, mentions }: EntryFacts): readonly string[] => {
  const marked = new Set(mentionsIn(text ?? ''));
  return mentions.filter((id) => !marked.has(id));
};

@CommandHandler(EditCommentCommand)
export class EditCommentHandler implements ICommandHandler<EditCommentCommand> {
  constructor(
    private readonly store: EntryStore,
    private readonly names: AuthorNames,
    private readonly context: CurrentContext,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id, text, mentions, expectedVersion }: EditCommentCommand): Promise<CommentView> {
    const by = entryAuthor(this.context.get().actor);
    const at = this.clock.now();
    const facts = await this.store.change(id, COMMENTS, expectedVersion, (entry) =>
      entry.edit({ text, mentions: checkedMentions(text, mentions ?? namedBeside(entry.facts)) }, by, at),
    );
    return named(this.names, facts);
  }
}

@CommandHandler(DeleteCommentCommand)
export class DeleteCommentHandler implements ICommandHandler<DeleteCommentCommand> {
  constructor(
    private readonly store: EntryStore,
    private readonly context: CurrentContext,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id, expectedVersion }: DeleteCommentCommand): Promise<void> {
    const { actor } = this.context.get();
    const at = this.clock.now();
    await this.store.change(id, COMMENTS, expectedVersion, (entry) =>
      entry.remove(entryAuthor(actor), mayRemoveAny(actor), at),
    );
  }
}

@CommandHandler(PinCommentCommand)
export class PinCommentHandler implements ICommandHandler<PinCommentCommand> {
  constructor(
    private readonly store: EntryStore,
    private readonly names: AuthorNames,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id, isPinned }: PinCommentCommand): Promise<CommentView> {
    const at = this.clock.now();
    const facts = await this.store.change(id, COMMENTS, undefined, (entry) => void entry.pin(isPinned, at));
    return named(this.names, facts);
  }
}
