import { Body, Controller, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SessionId } from '#domain/shared/ids.js';
import { ChangePasswordCommand, identityErrors } from '#application/identity/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { Problems } from '../shared/problems.js';
import { NoContent } from '../shared/responses.js';
import { CurrentSession } from './current-session.decorator.js';
import { ChangePasswordRequest } from './password.dto.js';
import { SessionRoute } from './session-route.decorator.js';

/** The caller's own password. */
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
}
