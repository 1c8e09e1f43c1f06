import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ChangeClientSettingsCommand,
  type ClientSettingsView,
  GetClientSettingsQuery,
} from '#application/clients/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { Repeatable } from '../shared/problems.js';
import { Ok } from '../shared/responses.js';
import { ClientSettingsRequest, ClientSettingsResponse } from './client-rules.dto.js';

/** How the workspace reads phone numbers, and how long it keeps deleted clients. */
@ApiTags('clients')
@ApiBearerAuth()
@Controller('api/v1/clients/settings')
export class ClientSettingsController {
  constructor(private readonly bus: AppBus) {}

  @Get()
  @ApiOperation({ summary: 'Settings of clients' })
  @Ok(ClientSettingsResponse)
  get(): Promise<ClientSettingsView> {
    return this.bus.ask(new GetClientSettingsQuery());
  }

  @Patch()
  @ApiOperation({ summary: 'Change the settings', description: 'Numbers that were read before stay as they are.' })
  @Ok(ClientSettingsResponse)
  @Repeatable()
  change(@Body() change: ClientSettingsRequest): Promise<ClientSettingsView> {
    return this.bus.execute(new ChangeClientSettingsCommand({ ...change }));
  }
}
