import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SessionId } from '#domain/shared/ids.js';
import {
  ChangePasswordCommand,
  identityErrors,
  RequestPasswordResetCommand,
  ResetPasswordCommand,
} from '#application/identity/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { Problems } from '../shared/problems.js';
import { AcceptedSilently, NoContent } from '../shared/responses.js';
import { CurrentSession } from './current-session.decorator.js';
import { ChangePasswordRequest, NewPasswordRequest, PasswordResetRequest } from './password.dto.js';
import { PublicRoute } from './public-route.decorator.js';
import { ResetTokenPipe } from './reset-token.pipe.js';
import { SessionRoute } from './session-route.decorator.js';

/** Passwords: changed by who knows the old one, set anew by who has the mailbox. */
@ApiTags('identity')
@Controller('api/v1/auth')
export class PasswordController {
  constructor(private readonly bus: AppBus) {}

  @Post('password')
  @ApiOperation({
    summary: 'Change my password',
    description: 'Ends all other sessions. The errors say what makes a password weak, in the language asked for.',
  })
  @Problems(
    identityErrors['identity.wrong_password'],
    identityErrors['identity.password_weak'],
    identityErrors['identity.too_many_attempts'],
    identityErrors['identity.busy'],
  )
  @SessionRoute()
  @ApiBearerAuth()
  @NoContent()
  async change(@CurrentSession() sessionId: SessionId, @Body() body: ChangePasswordRequest): Promise<void> {
    await this.bus.execute(new ChangePasswordCommand({ current: body.current, next: body.new, sessionId }));
  }

  @Post('password-resets')
  @ApiOperation({
    summary: 'Ask for a link to a new password',
    description: 'The answer is the same whether the account exists or not, and however often it is asked.',
  })
  @PublicRoute()
  @AcceptedSilently()
  async request(@Body() { email }: PasswordResetRequest): Promise<void> {
    await this.bus.execute(new RequestPasswordResetCommand(email));
  }

  @Post('password-resets/:token')
  @ApiOperation({
    summary: 'Set a new password by a link',
    description: 'The link works for an hour, once, and only the newest. All sessions end.',
  })
  @Problems(
    identityErrors['identity.reset_invalid'],
    identityErrors['identity.password_weak'],
    identityErrors['identity.busy'],
  )
  @PublicRoute()
  @NoContent()
  async reset(@Param('token', ResetTokenPipe) token: string, @Body() { password }: NewPasswordRequest): Promise<void> {
    await this.bus.execute(new ResetPasswordCommand({ token, password }));
  }
}
