import { Command } from '@nestjs/cqrs';
import type { KeyTerms } from '#domain/identity/api-key.js';
import type { ApiKeyId } from '#domain/shared/ids.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { ApiKeyView } from '../../queries/list-api-keys/api-key.view.js';

/**
 * Change what a key is for; what is left out stays. In force with the next request.
 *
 * @throws AppError `identity.api_key_unknown` | `shared.version_conflict` | `shared.validation_failed` |
 *   `identity.beyond_own_rights`
 */
@Permission('identity:manage-keys')
export class UpdateApiKeyCommand extends Command<ApiKeyView> {
  constructor(
    readonly id: ApiKeyId,
    readonly terms: Partial<KeyTerms>,
    /** The version that the caller saw; undefined = whatever it is. */
    readonly expectedVersion?: number,
  ) {
    super();
  }
}
