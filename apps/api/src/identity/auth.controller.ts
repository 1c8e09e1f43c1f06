import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import {
  GetMeQuery,
  LoginCommand,
  LogoutCommand,
  type MeView,
  RefreshSessionCommand,
  type SessionTokensView,
  type SignedIn,
} from '#application/identity/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { NoContent, Ok } from '../shared/responses.js';
import { LoginRequest, MeResponse, RefreshRequest, SessionTokensResponse } from './auth.dto.js';
import { CurrentSession } from './current-session.decorator.js';
import { PublicRoute } from './public-route.decorator.js';

/** Signing in, staying signed in, signing out. */
@ApiTags('identity')
@Controller('api/v1/auth')
export class AuthController {
  constructor(private readonly bus: AppBus) {}

  @Post('login')
  @PublicRoute()
  @Ok(SessionTokensResponse)
  login(@Body() { email, password }: LoginRequest): Promise<SessionTokensView> {
    return this.bus.execute(new LoginCommand({ email, password }));
  }

  @Post('refresh')
  @PublicRoute()
  @Ok(SessionTokensResponse)
  refresh(@Body() { refreshToken }: RefreshRequest): Promise<SessionTokensView> {
    return this.bus.execute(new RefreshSessionCommand({ refreshToken }));
  }

  @Post('logout')
  @ApiBearerAuth()
  @NoContent()
  async logout(@CurrentSession() sessionId: SignedIn['sessionId']): Promise<void> {
    await this.bus.execute(new LogoutCommand(sessionId));
  }

  @Get('me')
  @ApiBearerAuth()
  @Ok(MeResponse)
  me(): Promise<MeView> {
    return this.bus.ask(new GetMeQuery());
  }
}
