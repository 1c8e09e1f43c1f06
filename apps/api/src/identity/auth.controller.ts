import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  CompleteLoginCommand,
  GetMeQuery,
  identityErrors,
  LoginCommand,
  type LoginView,
  LogoutCommand,
  type MeView,
  RefreshSessionCommand,
  type SessionTokensView,
  type SignedIn,
} from '#application/identity/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { Problems, Repeatable } from '../shared/problems.js';
import { NoContent, Ok, OkOneOf } from '../shared/responses.js';
import {
  CompleteLoginRequest,
  LoginRequest,
  MeResponse,
  RefreshRequest,
  SessionTokensResponse,
  TotpChallengeResponse,
} from './auth.dto.js';
import { proofOf } from './second-factor.dto.js';
import { CurrentSession } from './current-session.decorator.js';
import { PublicRoute } from './public-route.decorator.js';
import { SessionRoute } from './session-route.decorator.js';

/** Signing in, staying signed in, signing out. */
@ApiTags('identity')
@Controller('api/v1/auth')
export class AuthController {
  constructor(private readonly bus: AppBus) {}

  @Post('login')
  @ApiOperation({
    summary: 'Sign in',
    description:
      'Guessing is slowed down per account and address. Who has a second factor gets a challenge instead of tokens.',
  })
  @Problems(
    identityErrors['identity.invalid_credentials'],
    identityErrors['identity.too_many_attempts'],
    identityErrors['identity.busy'],
  )
  @PublicRoute()
  @OkOneOf(SessionTokensResponse, TotpChallengeResponse)
  login(@Body() { email, password }: LoginRequest): Promise<LoginView> {
    return this.bus.execute(new LoginCommand({ email, password }));
  }

  @Post('login/totp')
  @ApiOperation({
    summary: 'End a sign-in with the second factor',
    description: 'With a code of the app or one of the recovery codes. Each code is good once.',
  })
  @Problems(
    identityErrors['identity.challenge_invalid'],
    identityErrors['identity.second_factor_wrong'],
    identityErrors['identity.too_many_attempts'],
  )
  @PublicRoute()
  @Ok(SessionTokensResponse)
  completeLogin(@Body() { challengeToken, ...proof }: CompleteLoginRequest): Promise<SessionTokensView> {
    return this.bus.execute(new CompleteLoginCommand({ challengeToken, proof: proofOf(proof) }));
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
