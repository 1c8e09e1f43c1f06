import { Global, Module } from '@nestjs/common';
import { TOKEN_SIGNATURES } from '#application/crm/ports/token-signatures.js';
import { ACCESS_TOKENS } from '#application/identity/ports/access-tokens.js';
import { PASSWORD_HASHER } from '#application/identity/ports/password-hasher.js';
import { PASSWORD_STRENGTH } from '#application/identity/ports/password-strength.js';
import { REFRESH_SECRETS } from '#application/identity/ports/refresh-secrets.js';
import { TOTP_CODES } from '#application/identity/ports/totp-codes.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { IDS } from '#application/shared/ports/ids.js';
import { SECRET_BOX } from '#application/shared/ports/secret-box.js';
import { SECRET_KEY } from '../config/app-config.js';
import { AesSecretBox } from './aes-secret-box.js';
import { Argon2PasswordHasher } from './argon2-password-hasher.js';
import { JwtAccessTokens } from './jwt-access-tokens.js';
import { JwtTokenSignatures } from './jwt-token-signatures.js';
import { NodeIds } from './node-ids.js';
import { OtpauthTotpCodes } from './otpauth-totp-codes.js';
import { Sha256RefreshSecrets } from './sha256-refresh-secrets.js';
import { SystemClock } from './system-clock.js';
import { ZxcvbnPasswordStrength } from './zxcvbn-password-strength.js';

/** Time, keys and secrets. */
@Global()
@Module({
  providers: [
    { provide: CLOCK, useClass: SystemClock },
    { provide: IDS, useClass: NodeIds },
    { provide: SECRET_BOX, inject: [SECRET_KEY], useFactory: (setting: string) => AesSecretBox.of(setting) },
    { provide: PASSWORD_HASHER, useClass: Argon2PasswordHasher },
    { provide: PASSWORD_STRENGTH, useClass: ZxcvbnPasswordStrength },
    { provide: REFRESH_SECRETS, useClass: Sha256RefreshSecrets },
    { provide: TOTP_CODES, useClass: OtpauthTotpCodes },
    { provide: TOKEN_SIGNATURES, useClass: JwtTokenSignatures },
    {
      provide: ACCESS_TOKENS,
      inject: [SECRET_KEY, CLOCK],
      useFactory: (setting: string, clock: Clock) => JwtAccessTokens.of(setting, clock),
    },
  ],
  exports: [
    CLOCK,
    IDS,
    SECRET_BOX,
    PASSWORD_HASHER,
    PASSWORD_STRENGTH,
    REFRESH_SECRETS,
    TOKEN_SIGNATURES,
    ACCESS_TOKENS,
    TOTP_CODES,
  ],
})
export class CryptoModule {}
