import { Controller, Get, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type DirectoryRefreshed, GetDirectoryQuery, RefreshDirectoryCommand } from '#application/crm/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { Ok, Problems } from '../shared/responses.js';
import { DirectoryRefreshedResponse, DirectoryResponse } from './directory.dto.js';

/** Pipelines, users, fields and catalogs of the connected account. */
@ApiTags('crm')
@ApiBearerAuth()
@Controller('api/v1/crm/directory')
export class DirectoryController {
  constructor(private readonly bus: AppBus) {}

  @Get()
  @ApiOperation({ summary: 'The account directory as it was last read' })
  @Ok(DirectoryResponse)
  @Problems(409, 503)
  async get(): Promise<object> {
    const { directory, markerFieldId, fetchedAt } = await this.bus.ask(new GetDirectoryQuery());
    return { ...directory, markerFieldId, fetchedAt: fetchedAt.toISOString() };
  }

  @Post('refresh')
  @ApiOperation({
    summary: 'Read the account directory from amoCRM now',
    description: 'About eight requests; waits for them.',
  })
  @Ok(DirectoryRefreshedResponse)
  @Problems(409, 502, 503)
  refresh(): Promise<DirectoryRefreshed> {
    return this.bus.execute(new RefreshDirectoryCommand());
  }
}
