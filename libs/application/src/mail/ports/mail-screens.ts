import type { Page, PageRequest } from '../../shared/paging.js';
import type { MailStateView } from '../queries/find-mail-states/mail-state.view.js';
import type { MailFilter, MailView } from '../queries/list-mails/mail.view.js';

/** Mails of the current workspace, read for the screen that shows them. */
export interface MailScreens {
  /** Newest first. @throws AppError `shared.validation_failed` for a cursor that is not ours */
  list(filter: MailFilter, page: PageRequest): Promise<Page<MailView>>;
  find(id: string): Promise<MailView | null>;
  /** Those of the ids that are there, in no order. */
  statesOf(ids: readonly string[]): Promise<readonly MailStateView[]>;
}
export const MAIL_SCREENS = Symbol('MailScreens');
