import { Command } from '@nestjs/cqrs';
import type { ApiKeyId } from '#domain/shared/ids.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { ApiKeyView } from '../../queries/list-api-keys/api-key.view.js';

/**
 * Refuse a key until it is activated again: in every process, from the next request on. Deactivating again changes nothing.
 *
 * @throws AppError `identity.api_key_unknown`
 */
@Permission('identity:manage-keys')
export class DeactivateApiKeyCommand extends Command<ApiKeyView> {
  constructor(readonly id: ApiKeyId) {
    super();
  }
}
