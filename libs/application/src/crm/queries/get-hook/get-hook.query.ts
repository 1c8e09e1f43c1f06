import { Query } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { HookCardView } from './get-hook.view.js';

/**
 * One hook with all that is known of it. Its body only for who may manage the connection: it may hold personal data.
 *
 * @throws AppError `crm.hook_unknown`
 */
@Permission('crm:read')
export class GetHookQuery extends Query<HookCardView> {
  constructor(readonly id: string) {
    super();
  }
}
