import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  AcceptInvitationCommand,
  FindInvitationQuery,
  identityErrors,
  type InvitationAccepted,
  JoinWorkspaceCommand,
  type OfferView,
} from '#application/identity/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { Problems } from '../shared/problems.js';
import { Ok } from '../shared/responses.js';
import { InvitationTokenPipe } from './invitation-token.pipe.js';
import { AcceptInvitationRequest, InvitationAcceptedResponse, OfferResponse } from './invited.dto.js';
import { PublicRoute } from './public-route.decorator.js';
import { SessionRoute } from './session-route.decorator.js';

/** What a token can meet, with an error for each. */
const TOKEN_PROBLEMS = [
  identityErrors['identity.invitation_unknown'],
  identityErrors['identity.invitation_accepted'],
  identityErrors['identity.invitation_withdrawn'],
  identityErrors['identity.invitation_expired'],
  identityErrors['identity.invitation_replaced'],
  identityErrors['identity.too_many_attempts'],
] as const;

/** The other end of an invitation: whoever holds the link from the mail. */
@ApiTags('identity')
@Controller('api/v1/invitations/:token')
export class InvitedController {
  constructor(private readonly bus: AppBus) {}

  @Get()
  @ApiOperation({ summary: 'What an invitation is to' })
  @Problems(...TOKEN_PROBLEMS)
  @PublicRoute()
  @Ok(OfferResponse)
  find(@Param('token', InvitationTokenPipe) token: string): Promise<OfferView> {
    return this.bus.ask(new FindInvitationQuery(token));
  }

  @Post('accept')
  @ApiOperation({
    summary: 'Accept an invitation without being signed in',
    description: 'Makes an account, or asks for the password of the one there is. Sign in afterwards.',
  })
  @Problems(
    ...TOKEN_PROBLEMS,
    identityErrors['identity.already_member'],
    identityErrors['identity.invalid_credentials'],
    identityErrors['identity.password_weak'],
  )
  @PublicRoute()
  @Ok(InvitationAcceptedResponse)
  accept(
    @Param('token', InvitationTokenPipe) token: string,
    @Body() { name, password }: AcceptInvitationRequest,
  ): Promise<InvitationAccepted> {
    return this.bus.execute(new AcceptInvitationCommand({ token, name, password }));
  }

  @Post('join')
  @ApiOperation({
    summary: 'Accept an invitation as the person who is signed in',
    description: 'The session stays in its workspace; switch to the new one afterwards.',
  })
  @Problems(
    ...TOKEN_PROBLEMS,
    identityErrors['identity.already_member'],
    identityErrors['identity.invitation_for_another'],
  )
  @SessionRoute()
  @ApiBearerAuth()
  @Ok(InvitationAcceptedResponse)
  join(@Param('token', InvitationTokenPipe) token: string): Promise<InvitationAccepted> {
    return this.bus.execute(new JoinWorkspaceCommand(token));
  }
}
