import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { crmErrors, TakeUninstallCommand, type UninstallNotice } from '#application/crm/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { PublicRoute } from '../identity/public-route.decorator.js';
import { Problems } from '../shared/problems.js';
import { Ok } from '../shared/responses.js';
import { HookTakenResponse } from './hooks.dto.js';
import { UninstallNoticePipe } from './uninstall-notice.pipe.js';

/** What amoCRM tells about our integrations themselves. */
@ApiTags('crm')
@PublicRoute()
@Controller('hooks')
export class AmoNoticesController {
  constructor(private readonly bus: AppBus) {}

  @Get('amocrm-uninstall')
  @ApiOperation({
    summary: 'Receive the news that the integration was switched off in an account',
    description: 'For amoCRM; the signature is the credential. The grants of the integration there are forgotten.',
  })
  @ApiQuery({ name: 'account_id' })
  @ApiQuery({ name: 'client_uuid', required: false, description: 'Id of the integration; `client_id` does as well' })
  @ApiQuery({ name: 'signature', description: 'Hex HMAC-SHA256 of `client_uuid|account_id` under the client secret' })
  @Ok(HookTakenResponse)
  @Problems(crmErrors['crm.notice_refused'])
  async uninstalled(@Query(UninstallNoticePipe) notice: UninstallNotice): Promise<HookTakenResponse> {
    await this.bus.execute(new TakeUninstallCommand(notice));
    return {};
  }
}
