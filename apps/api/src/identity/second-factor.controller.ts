import { Body, Controller, Delete, Get, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ConfirmTotpCommand,
  GetSecondFactorQuery,
  identityErrors,
  type RecoveryCodesView,
  RemoveTotpCommand,
  RenewRecoveryCodesCommand,
  type SecondFactorView,
  StartTotpCommand,
  type TotpSecretView,
} from '#application/identity/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { Problems } from '../shared/problems.js';
import { NoContent, Ok } from '../shared/responses.js';
import {
  ConfirmTotpRequest,
  consentOf,
  FactorConsentRequest,
  RecoveryCodesResponse,
  SecondFactorResponse,
  StartTotpRequest,
  TotpSecretResponse,
} from './second-factor.dto.js';
import { SessionRoute } from './session-route.decorator.js';

const CONSENT_PROBLEMS = [
  identityErrors['identity.wrong_password'],
  identityErrors['identity.code_wrong'],
  identityErrors['identity.totp_inactive'],
  identityErrors['identity.too_many_attempts'],
  identityErrors['identity.busy'],
] as const;

/** The caller's own second factor: codes of an authenticator app. */
@ApiTags('identity')
@ApiBearerAuth()
@SessionRoute()
@Controller('api/v1/auth/totp')
export class SecondFactorController {
  constructor(private readonly bus: AppBus) {}

  @Get()
  @ApiOperation({ summary: 'Whether I have a second factor' })
  @Ok(SecondFactorResponse)
  get(): Promise<SecondFactorView> {
    return this.bus.ask(new GetSecondFactorQuery());
  }

  @Post()
  @ApiOperation({
    summary: 'Get a secret for an authenticator app',
    description: 'Nothing changes until it is confirmed with a code; a second call replaces the first.',
  })
  @Problems(
    identityErrors['identity.wrong_password'],
    identityErrors['identity.totp_active'],
    identityErrors['identity.too_many_attempts'],
    identityErrors['identity.busy'],
  )
  @Ok(TotpSecretResponse)
  start(@Body() { password }: StartTotpRequest): Promise<TotpSecretView> {
    return this.bus.execute(new StartTotpCommand(password));
  }

  @Post('confirm')
  @ApiOperation({
    summary: 'Put the second factor in force',
    description: 'From now on sign-in asks for a code. The answer shows the recovery codes; no later one does.',
  })
  @Problems(
    identityErrors['identity.code_wrong'],
    identityErrors['identity.totp_active'],
    identityErrors['identity.too_many_attempts'],
  )
  @Ok(RecoveryCodesResponse)
  confirm(@Body() { code }: ConfirmTotpRequest): Promise<RecoveryCodesView> {
    return this.bus.execute(new ConfirmTotpCommand(code));
  }

  @Post('recovery-codes')
  @ApiOperation({ summary: 'Get new recovery codes', description: 'The old ones end.' })
  @Problems(...CONSENT_PROBLEMS)
  @Ok(RecoveryCodesResponse)
  renew(@Body() body: FactorConsentRequest): Promise<RecoveryCodesView> {
    return this.bus.execute(new RenewRecoveryCodesCommand(consentOf(body)));
  }

  @Delete()
  @ApiOperation({ summary: 'Take my second factor away' })
  @Problems(...CONSENT_PROBLEMS)
  @NoContent()
  async remove(@Body() body: FactorConsentRequest): Promise<void> {
    await this.bus.execute(new RemoveTotpCommand(consentOf(body)));
  }
}
