import { Command } from '@nestjs/cqrs';
import type { ApiKeyId } from '#domain/shared/ids.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';

/**
 * Delete a key: it is refused from the next request on. What was done with it stays in the audit trail, under its name.
 *
 * @throws AppError `identity.api_key_unknown`
 */
@Permission('identity:manage-keys')
export class DeleteApiKeyCommand extends Command<void> {
  constructor(readonly id: ApiKeyId) {
    super();
  }
}
