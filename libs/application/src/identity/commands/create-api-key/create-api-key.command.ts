import { Command } from '@nestjs/cqrs';
import type { KeyTerms } from '#domain/identity/api-key.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { NewApiKeyView } from '../../queries/list-api-keys/api-key.view.js';

/** A name and scopes at least; 50 requests a second in bursts of 100, from anywhere, for ever, unless said otherwise. */
export type CreateApiKeyInput = Pick<KeyTerms, 'name' | 'scopes'> & Partial<KeyTerms>;

/**
 * Make an API key. The key is in the answer and nowhere else, hence the command's own transaction: its result must not be
 * stored under an idempotency key.
 *
 * @throws AppError `shared.validation_failed` | `identity.beyond_own_rights` when it may do what its maker may not
 */
@Permission('identity:manage-keys', { ownTransactions: true })
export class CreateApiKeyCommand extends Command<NewApiKeyView> {
  constructor(readonly input: CreateApiKeyInput) {
    super();
  }
}
