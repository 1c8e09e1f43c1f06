import { Command } from '@nestjs/cqrs';
import type { ApiKeyId } from '#domain/shared/ids.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { NewApiKeyView } from '../../queries/list-api-keys/api-key.view.js';

/**
 * Give a key a new secret. Those before are taken for `overlapHours` more (0 to 168; 0 = not at all, at once). Two
 * rotations at the same time make two keys, of which each works.
 *
 * The new key is in the answer and nowhere else, hence the command's own transaction.
 * @throws AppError `identity.api_key_unknown` | `identity.api_key_overlaps` | `identity.beyond_own_rights`
 */
@Permission('identity:manage-keys', { ownTransactions: true })
export class RotateApiKeyCommand extends Command<NewApiKeyView> {
  constructor(
    readonly id: ApiKeyId,
    readonly overlapHours: number,
  ) {
    super();
  }
}
