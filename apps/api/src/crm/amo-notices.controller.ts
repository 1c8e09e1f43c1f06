import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import {
  crmErrors,
  type DeliveredSecrets,
  TakeSecretsCommand,
  TakeUninstallCommand,
  type UninstallNotice,
} from '#application/crm/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { PublicRoute } from '../identity/public-route.decorator.js';
import { Problems } from '../shared/problems.js';
import { Ok } from '../shared/responses.js';
import { DeliveredSecretsRequest } from './delivered-secrets.dto.js';
import { DeliveredSecretsPipe } from './delivered-secrets.pipe.js';
import { HookTakenResponse } from './hooks.dto.js';
import { UninstallNoticePipe } from './uninstall-notice.pipe.js';

const SECRETS_ROUTE = 'amocrm-secrets';

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

  @Post(SECRETS_ROUTE)
  @ApiOperation({
    summary: 'Receive the id and secret of an integration that a site’s button made',
    description: 'For amoCRM; the state is the credential. At most 16 KiB; the same may come again.',
  })
  @ApiBody({ type: DeliveredSecretsRequest })
  @Ok(HookTakenResponse)
  @Problems(crmErrors['crm.oauth_state_unknown'], crmErrors['crm.secrets_refused'], sharedErrors['shared.rate_limited'])
  async secretsDelivered(@Body(DeliveredSecretsPipe) delivered: DeliveredSecrets): Promise<HookTakenResponse> {
    await this.bus.execute(new TakeSecretsCommand(delivered));
    return {};
  }
}
