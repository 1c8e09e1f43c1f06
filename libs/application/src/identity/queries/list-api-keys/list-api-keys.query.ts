import { Query } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { Page, PageRequest } from '../../../shared/paging.js';
import type { ApiKeyView } from './api-key.view.js';

/** The workspace's API keys, newest first, deactivated and expired ones too. */
@Permission('identity:manage-keys')
export class ListApiKeysQuery extends Query<Page<ApiKeyView>> {
  constructor(readonly page: PageRequest) {
    super();
  }
}
