import { Body, Controller, Delete, Get, Patch, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type ButtonToShow,
  CheckConnectionCommand,
  ConnectByCodeCommand,
  ConnectByTokenCommand,
  type ConnectionStarted,
  type ConnectionView,
  crmErrors,
  DisconnectCommand,
  GetConnectionQuery,
  LimitConnectionCommand,
  StartConnectionCommand,
  StartExternalConnectionCommand,
} from '#application/crm/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { Problems, Repeatable } from '../shared/problems.js';
import { NoContent, Ok } from '../shared/responses.js';
import {
  ConnectByCodeRequest,
  ConnectByTokenRequest,
  ConnectionResponse,
  ConnectionStartedResponse,
  LimitConnectionRequest,
  StartConnectionRequest,
} from './connection.dto.js';
import { CONNECT_PROBLEMS } from './crm-problems.js';

/** The workspace's connection to its amoCRM account. */
@ApiTags('crm')
@ApiBearerAuth()
@Controller('api/v1/crm/connection')
export class ConnectionController {
  constructor(private readonly bus: AppBus) {}

  @Post('start')
  @ApiOperation({
    summary: 'Begin to connect an amoCRM account',
    description: 'By a consent page of amoCRM, or by the button of a site, which makes an integration of its own.',
  })
  @Ok(ConnectionStartedResponse)
  @Problems(crmErrors['crm.integration_missing'], crmErrors['crm.host_not_allowed'])
  start(@Body() { kind, ...plan }: StartConnectionRequest): Promise<ConnectionStarted | ButtonToShow> {
    if (kind === 'external') return this.bus.execute(new StartExternalConnectionCommand(plan));
    return this.bus.execute(new StartConnectionCommand(plan));
  }

  @Get()
  @ApiOperation({ summary: 'State of the connection and what to do about it' })
  @Ok(ConnectionResponse)
  get(): Promise<ConnectionView> {
    return this.bus.ask(new GetConnectionQuery());
  }

  @Patch('limits')
  @ApiOperation({
    summary: 'Limits of the account, e.g. after a package was bought',
    description:
      'A limit that is left out stays, null brings back the server’s setting. In force from the next request on.',
  })
  @Ok(ConnectionResponse)
  @Problems(crmErrors['crm.not_connected'])
  @Repeatable()
  async limit(@Body() body: LimitConnectionRequest): Promise<ConnectionView> {
    await this.bus.execute(new LimitConnectionCommand(body));
    return this.bus.ask(new GetConnectionQuery());
  }

  @Post('code')
  @ApiOperation({
    summary: 'Connect with a code from the settings of the integration',
    description: 'For whoever copied the authorization code in amoCRM instead of going through the consent page.',
  })
  @Ok(ConnectionResponse)
  @Problems(crmErrors['crm.integration_missing'], ...CONNECT_PROBLEMS)
  async byCode(@Body() body: ConnectByCodeRequest): Promise<ConnectionView> {
    await this.bus.execute(new ConnectByCodeCommand(body));
    return this.bus.ask(new GetConnectionQuery());
  }

  @Post('token')
  @ApiOperation({
    summary: 'Connect with a long-lived token',
    description: 'Such a token cannot be refreshed: when amoCRM refuses it, the state is `reconnect_needed`.',
  })
  @Ok(ConnectionResponse)
  @Problems(...CONNECT_PROBLEMS)
  async byToken(@Body() { baseUrl, token }: ConnectByTokenRequest): Promise<ConnectionView> {
    await this.bus.execute(new ConnectByTokenCommand({ account: baseUrl, token }));
    return this.bus.ask(new GetConnectionQuery());
  }

  @Post('check')
  @ApiOperation({
    summary: 'Ask amoCRM now whether the connection works',
    description: 'One request, whatever the state; answers the state that follows. A trouble that is over ends here.',
  })
  @Ok(ConnectionResponse)
  @Problems(
    crmErrors['crm.not_connected'],
    crmErrors['crm.forbidden'],
    crmErrors['crm.busy'],
    crmErrors['crm.unreachable'],
    crmErrors['crm.too_heavy'],
  )
  async check(): Promise<ConnectionView> {
    await this.bus.execute(new CheckConnectionCommand());
    return this.bus.ask(new GetConnectionQuery());
  }

  @Delete()
  @ApiOperation({
    summary: 'Forget the tokens of the account',
    description: 'The workspace may only be connected to the same account again.',
  })
  @NoContent()
  @Problems(crmErrors['crm.not_connected'])
  @Repeatable()
  async disconnect(): Promise<void> {
    await this.bus.execute(new DisconnectCommand());
  }
}
