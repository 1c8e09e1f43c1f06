import { Body, Controller, Get, Headers, Param, Put, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import {
  ChangeRoleCommand,
  identityErrors,
  ListRolesQuery,
  type Role,
  ROLES,
  type RolesView,
  type RoleView,
} from '#application/identity/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { etagOf, versionOf } from '../crm/if-match.js';
import { Problems } from '../shared/problems.js';
import { Ok } from '../shared/responses.js';
import { RolePipe } from './role.pipe.js';
import { ChangeRoleRequest, RoleListResponse, RoleResponse } from './roles.dto.js';

/** What the roles of the workspace may do. */
@ApiTags('identity')
@ApiBearerAuth()
@Controller('api/v1/roles')
export class RolesController {
  constructor(private readonly bus: AppBus) {}

  @Get()
  @ApiOperation({ summary: 'Roles, and what each may do in this workspace' })
  @Ok(RoleListResponse)
  list(): Promise<RolesView> {
    return this.bus.ask(new ListRolesQuery());
  }

  @Put(':role')
  @ApiOperation({
    summary: 'Say what a role may do',
    description:
      'In force in every process within two seconds. An administrator gives anything; others only what they may themselves.',
  })
  @ApiParam({ name: 'role', schema: { type: 'string', enum: [...ROLES] } })
  @ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'ETag of the version that is to be changed; any when left out',
  })
  @Ok(RoleResponse)
  @Problems(
    sharedErrors['shared.not_found'],
    sharedErrors['shared.version_conflict'],
    identityErrors['identity.beyond_own_rights'],
  )
  async change(
    @Param('role', RolePipe) role: Role,
    @Body() { permissions }: ChangeRoleRequest,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RoleView> {
    const view = await this.bus.execute(new ChangeRoleCommand(role, permissions, versionOf(ifMatch)));
    void reply.header('etag', etagOf(view.version));
    return view;
  }
}
