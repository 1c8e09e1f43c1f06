import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  GetMeQuery,
  identityErrors,
  LoginCommand,
  LogoutCommand,
  type MeView,
  RefreshSessionCommand,
  type SessionTokensView,
  type SignedIn,
} from '#application/identity/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { Problems, Repeatable } from '../shared/problems.js';
import { NoContent, Ok } from '../shared/responses.js';
import { LoginRequest, MeResponse, RefreshRequest, SessionTokensResponse } from './auth.dto.js';
import { CurrentSession } from './current-session.decorator.js';
import { PublicRoute } from './public-route.decorator.js';
import { SessionRoute } from './session-route.decorator.js';

/** Signing in, staying signed in, signing out. */
@ApiTags('identity')
@Controller('api/v1/auth')
export class AuthController {
  constructor(private readonly bus: AppBus) {}

  @Post('login')
  @ApiOperation({ summary: 'Sign in', description: 'Guessing is slowed down per account and address.' })
  @Problems(identityErrors['identity.invalid_credentials'], identityErrors['identity.too_many_attempts'])
  @PublicRoute()
  @Ok(SessionTokensResponse)
  login(@Body() { email, password }: LoginRequest): Promise<SessionTokensView> {
    return this.bus.execute(new LoginCommand({ email, password }));
  }

  @Post('refresh')
  @ApiOperation({
    summary: 'Exchange a refresh token',
    description: 'Each is good once; a second use ends the session.',
  })
  @Problems(identityErrors['identity.refresh_invalid'], identityErrors['identity.refresh_reused'])
  @PublicRoute()
  @Ok(SessionTokensResponse)
  refresh(@Body() { refreshToken }: RefreshRequest): Promise<SessionTokensView> {
    return this.bus.execute(new RefreshSessionCommand({ refreshToken }));
  }

  @Post('logout')
  @ApiOperation({ summary: 'Sign out: end the session' })
  @SessionRoute()
  @ApiBearerAuth()
  @NoContent()
  @Repeatable()
  async logout(@CurrentSession() sessionId: SignedIn['sessionId']): Promise<void> {
    await this.bus.execute(new LogoutCommand(sessionId));
  }

  @Get('me')
  @ApiOperation({ summary: 'Who am I' })
  @ApiBearerAuth()
  @Ok(MeResponse)
  me(): Promise<MeView> {
    return this.bus.ask(new GetMeQuery());
  }
}
