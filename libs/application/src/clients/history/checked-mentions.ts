import { MAX_MENTIONS, mentionsIn } from '#domain/clients/history/mentions.js';
import { AppError } from '#domain/shared/app-error.js';
import type { UserId } from '#domain/shared/ids.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';

/** Whom a text mentions. @throws AppError `shared.validation_failed` when they are too many */
export const checkedMentions = (text: string, named: readonly string[] = []): readonly UserId[] => {
  const mentions = mentionsIn(text, named);
  if (mentions.length <= MAX_MENTIONS) return mentions;
  const issue = { path: 'mentions', code: 'too_many', message: `at most ${MAX_MENTIONS} members may be mentioned` };
  throw new AppError(sharedErrors['shared.validation_failed'], { issues: [issue] });
};
