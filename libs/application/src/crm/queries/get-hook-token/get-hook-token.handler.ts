import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { CRM_SCREENS, type CrmScreens } from '../../ports/crm-screens.js';
import type { HookTokenView } from '../list-hook-tokens/hook-token.view.js';
import { GetHookTokenQuery } from './get-hook-token.query.js';

@QueryHandler(GetHookTokenQuery)
export class GetHookTokenHandler implements IQueryHandler<GetHookTokenQuery> {
  constructor(@Inject(CRM_SCREENS) private readonly screens: CrmScreens) {}

  async execute({ id }: GetHookTokenQuery): Promise<HookTokenView> {
    const token = await this.screens.hookToken(id);
    if (!token) throw new AppError(crmErrors['crm.hook_token_unknown']);
    return token;
  }
}
