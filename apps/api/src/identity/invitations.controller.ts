import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { asId, type InvitationId } from '#domain/shared/ids.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import {
  identityErrors,
  type InvitationView,
  InviteMemberCommand,
  ListInvitationsQuery,
  ResendInvitationCommand,
  WithdrawInvitationCommand,
} from '#application/identity/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import type { Page } from '#application/shared/paging.js';
import { IdPipe } from '../shared/ids.pipe.js';
import { CursorRequest, pageOf } from '../shared/paging.dto.js';
import { Problems, Repeatable } from '../shared/problems.js';
import { Created, NoContent, Ok } from '../shared/responses.js';
import { InvitationListResponse, InvitationResponse, InviteMemberRequest } from './members.dto.js';

/** People who are asked to come in: invited, reminded, no longer wanted. */
@ApiTags('identity')
@ApiBearerAuth()
@Controller('api/v1/members/invitations')
export class InvitationsController {
  constructor(private readonly bus: AppBus) {}

  @Get()
  @ApiOperation({ summary: 'Invitations, newest first, ended ones too' })
  @Problems(sharedErrors['shared.validation_failed'])
  @Ok(InvitationListResponse)
  list(@Query() page: CursorRequest): Promise<Page<InvitationView>> {
    return this.bus.ask(new ListInvitationsQuery(pageOf(page)));
  }

  @Post()
  @ApiOperation({
    summary: 'Invite somebody by e-mail',
    description: 'The link works once and for 72 hours. Nobody gives a role that may more than he may himself.',
  })
  @Problems(
    identityErrors['identity.already_member'],
    identityErrors['identity.already_invited'],
    identityErrors['identity.invitation_sent_lately'],
    identityErrors['identity.beyond_own_rights'],
  )
  @Created(InvitationResponse, () => '/api/v1/members/invitations')
  @Repeatable()
  invite(@Body() { email, role, name }: InviteMemberRequest): Promise<InvitationView> {
    return this.bus.execute(new InviteMemberCommand({ email, role, name }));
  }

  @Post(':id/resend')
  @ApiOperation({
    summary: 'Send an invitation again',
    description: 'With a new link and 72 hours more; earlier links end. At most once a minute.',
  })
  @Problems(
    identityErrors['identity.invitation_unknown'],
    identityErrors['identity.invitation_ended'],
    identityErrors['identity.invitation_sent_lately'],
    identityErrors['identity.beyond_own_rights'],
  )
  @NoContent()
  @Repeatable()
  async resend(@Param('id', IdPipe) id: string): Promise<void> {
    await this.bus.execute(new ResendInvitationCommand(asId<InvitationId>(id)));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Withdraw an invitation: its links end at once' })
  @Problems(identityErrors['identity.invitation_unknown'], identityErrors['identity.invitation_ended'])
  @NoContent()
  @Repeatable()
  async withdraw(@Param('id', IdPipe) id: string): Promise<void> {
    await this.bus.execute(new WithdrawInvitationCommand(asId<InvitationId>(id)));
  }
}
