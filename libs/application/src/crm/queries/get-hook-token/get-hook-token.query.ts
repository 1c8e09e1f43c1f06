import { Query } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { HookTokenView } from '../list-hook-tokens/hook-token.view.js';

/** One hook token. @throws AppError `crm.hook_token_unknown` */
@Permission('crm:manage')
export class GetHookTokenQuery extends Query<HookTokenView> {
  constructor(readonly id: string) {
    super();
  }
}
