import { Body, Controller, Delete, Get, Headers, Param, Patch, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { asId, type UserId } from '#domain/shared/ids.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import {
  ChangeMemberCommand,
  GetMemberQuery,
  identityErrors,
  ListMembersQuery,
  type MemberView,
  RemoveMemberCommand,
} from '#application/identity/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import type { Page } from '#application/shared/paging.js';
import { etagOf, versionOf } from '../crm/if-match.js';
import { IdPipe } from '../shared/ids.pipe.js';
import { pageOf } from '../shared/paging.dto.js';
import { Problems, Repeatable } from '../shared/problems.js';
import { NoContent, Ok } from '../shared/responses.js';
import { ChangeMemberRequest, MemberListRequest, MemberListResponse, MemberResponse } from './members.dto.js';

/** Who is in the workspace, and what they may do. */
@ApiTags('identity')
@ApiBearerAuth()
@Controller('api/v1/members')
export class MembersController {
  constructor(private readonly bus: AppBus) {}

  @Get()
  @ApiOperation({ summary: 'Members of the workspace, blocked ones too' })
  @Problems(sharedErrors['shared.validation_failed'])
  @Ok(MemberListResponse)
  list(@Query() { limit, cursor, ...filter }: MemberListRequest): Promise<Page<MemberView>> {
    return this.bus.ask(new ListMembersQuery(filter, pageOf({ limit, cursor })));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One member' })
  @Problems(identityErrors['identity.member_unknown'])
  @Ok(MemberResponse)
  async get(@Param('id', IdPipe) id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<MemberView> {
    return tagged(reply, await this.bus.ask(new GetMemberQuery(id)));
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Give a member another role, block or unblock one',
    description: 'Blocking ends the sessions in this workspace. The last active administrator stays one.',
  })
  @ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'ETag of the version that is to be changed; any when left out',
  })
  @Problems(
    identityErrors['identity.member_unknown'],
    identityErrors['identity.last_administrator'],
    identityErrors['identity.beyond_own_rights'],
    sharedErrors['shared.version_conflict'],
  )
  @Ok(MemberResponse)
  @Repeatable()
  async change(
    @Param('id', IdPipe) id: string,
    @Body() change: ChangeMemberRequest,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MemberView> {
    const { role, blocked } = change;
    const command = new ChangeMemberCommand(asId<UserId>(id), { role, blocked }, versionOf(ifMatch));
    return tagged(reply, await this.bus.execute(command));
  }

  @Delete(':id')
  @ApiOperation({
    summary: 'Take a member out of the workspace, or leave it',
    description: 'Every member may leave; the last active administrator may not. The account stays.',
  })
  @Problems(
    identityErrors['identity.member_unknown'],
    identityErrors['identity.last_administrator'],
    identityErrors['identity.beyond_own_rights'],
  )
  @NoContent()
  @Repeatable()
  async remove(@Param('id', IdPipe) id: string): Promise<void> {
    await this.bus.execute(new RemoveMemberCommand(asId<UserId>(id)));
  }
}

const tagged = (reply: FastifyReply, member: MemberView): MemberView => {
  void reply.header('etag', etagOf(member.version));
  return member;
};
