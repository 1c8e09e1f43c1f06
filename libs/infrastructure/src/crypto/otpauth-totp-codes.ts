import { Injectable } from '@nestjs/common';
import { Secret, TOTP } from 'otpauth';
import type { TotpCodes } from '#application/identity/ports/totp-codes.js';

const ISSUER = 'Sdelka';
const SECRET_BYTES = 20;
// Fixed here, whatever the library's defaults become: the apps that hold the secrets do not change with it.
const RULES = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** Steps before and after the current one that are taken, too: clocks of phones differ (RFC 6238, section 5.2). */
const WINDOW = 1;

const CODE = /^[0-9]{6}$/;

/** TOTP by the package otpauth. */
@Injectable()
export class OtpauthTotpCodes implements TotpCodes {
  makeSecret(): string {
    return new Secret({ size: SECRET_BYTES }).base32;
  }

  addressOf(secret: string, email: string): string {
    return new TOTP({ issuer: ISSUER, label: email, secret, ...RULES }).toString();
  }

  stepOf(secret: string, code: string, at: Date): number | null {
    // The library throws at what is six characters and more bytes.
    if (!CODE.test(code)) return null;
    const timestamp = at.getTime();
    const delta = TOTP.validate({
      secret: Secret.fromBase32(secret),
      token: code,
      timestamp,
      window: WINDOW,
      ...RULES,
    });
    return delta === null ? null : TOTP.counter({ timestamp, period: RULES.period }) + delta;
  }
}
