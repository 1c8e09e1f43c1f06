import { Command } from '@nestjs/cqrs';
import type { ApiKeyId } from '#domain/shared/ids.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { ApiKeyView } from '../../queries/list-api-keys/api-key.view.js';

/**
 * Let a deactivated key in again. Activating an active one changes nothing.
 *
 * @throws AppError `identity.api_key_unknown` | `identity.beyond_own_rights`
 */
@Permission('identity:manage-keys')
export class ActivateApiKeyCommand extends Command<ApiKeyView> {
  constructor(readonly id: ApiKeyId) {
    super();
  }
}
