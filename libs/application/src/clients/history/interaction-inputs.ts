import { Inject, Injectable } from '@nestjs/common';
import type { EntryChange } from '#domain/clients/history/client-entry.js';
import { AppError } from '#domain/shared/app-error.js';
import { asId, type ClientEntryId, type DictionaryEntryId, type UserId } from '#domain/shared/ids.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import type { InteractionInput } from '../commands/keep-interaction/keep-interaction.command.js';
import { HISTORY_SCREENS, type HistoryScreens } from '../ports/client-entries.js';
import { DICTIONARY_SCREENS, type DictionaryScreens } from '../ports/dictionaries.js';
import { checkedMentions } from './checked-mentions.js';

const RESULTS = 'interaction_results';

/** Makes what callers say of an interaction into what is stored: codes become ids, marks in the text mentions. */
@Injectable()
export class InteractionInputs {
  constructor(
    @Inject(DICTIONARY_SCREENS) private readonly dictionaries: DictionaryScreens,
    @Inject(HISTORY_SCREENS) private readonly screens: HistoryScreens,
  ) {}

  /**
   * @param id  the interaction that is changed: it may keep a result that is no longer offered
   * @throws AppError `shared.validation_failed` when the result is unknown, or no longer offered
   */
  async read(
    { result, text, participantIds, at: _, ...input }: InteractionInput,
    id?: ClientEntryId,
  ): Promise<EntryChange> {
    return {
      ...defined(input),
      ...(text !== undefined && { text, mentions: checkedMentions(text ?? '') }),
      ...(participantIds && {
        participantIds: [...new Set(participantIds.map((id) => id.toLowerCase()))].map((id) => asId<UserId>(id)),
      }),
      ...(result !== undefined && { resultId: result === null ? null : await this.resultId(result, id) }),
    };
  }

  private async resultId(code: string, id: ClientEntryId | undefined): Promise<DictionaryEntryId> {
    const dictionary = await this.dictionaries.one(RESULTS);
    const entry = dictionary?.entries.find((one) => one.code === code);
    const isKept = entry?.isArchived === true && id !== undefined && (await this.hasResult(id, entry.id));
    if (entry && (!entry.isArchived || isKept)) return asId<DictionaryEntryId>(entry.id);
    const issue = { path: 'result', code: 'unknown_result', message: `is no entry of the dictionary ${RESULTS}` };
    throw new AppError(sharedErrors['shared.validation_failed'], { issues: [issue] });
  }

  private async hasResult(id: ClientEntryId, resultId: string): Promise<boolean> {
    return (await this.screens.interaction(id))?.resultId === resultId;
  }
}

const defined = <T extends object>(input: T): T =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as T;
