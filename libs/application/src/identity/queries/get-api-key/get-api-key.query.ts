import { Query } from '@nestjs/cqrs';
import type { ApiKeyId } from '#domain/shared/ids.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { ApiKeyView } from '../list-api-keys/api-key.view.js';

/** One API key. @throws AppError `identity.api_key_unknown` */
@Permission('identity:manage-keys')
export class GetApiKeyQuery extends Query<ApiKeyView> {
  constructor(readonly id: ApiKeyId) {
    super();
  }
}
