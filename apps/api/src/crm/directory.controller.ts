import { Controller, Get, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type DirectoryRefreshed, GetDirectoryQuery, RefreshDirectoryCommand } from '#application/crm/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { Problems } from '../shared/problems.js';
import { Ok } from '../shared/responses.js';
import { AMOCRM_PROBLEMS, DIRECTORY_PROBLEMS } from './crm-problems.js';
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
  @Problems(...DIRECTORY_PROBLEMS)
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
  @Problems(...AMOCRM_PROBLEMS)
  refresh(): Promise<DirectoryRefreshed> {
    return this.bus.execute(new RefreshDirectoryCommand());
  }
}
