import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import type { FactorConsentInput, FactorProof } from '#application/identity/index.js';
import {
  BoolField,
  DateTimeField,
  IntField,
  ListField,
  NullableField,
  OptionalField,
  TextField,
} from '../shared/fields.js';

const CODE = /^\d{6}$/;

export class FactorProofRequest {
  @OptionalField()
  @TextField({ max: 6, pattern: CODE, description: 'Six digits of the app; or give `recoveryCode`', example: '081804' })
  code?: string;

  @OptionalField()
  @TextField({ max: 40, description: 'One of the recovery codes, however it is written' })
  recoveryCode?: string;
}

export class FactorConsentRequest extends FactorProofRequest {
  @TextField({ max: 1024, description: 'The current password' })
  password: string;
}

/** @throws AppError `shared.validation_failed` unless there is exactly one of the two */
export const proofOf = ({ code, recoveryCode }: FactorProofRequest): FactorProof => {
  if (code !== undefined && recoveryCode === undefined) return { code };
  if (recoveryCode !== undefined && code === undefined) return { recoveryCode };
  const issue = { path: 'code', code: 'one_of', message: 'give either code or recoveryCode' };
  throw new AppError(sharedErrors['shared.validation_failed'], { issues: [issue] });
};

export const consentOf = ({ password, ...proof }: FactorConsentRequest): FactorConsentInput => ({
  password,
  proof: proofOf(proof),
});

export class StartTotpRequest {
  @TextField({ max: 1024, description: 'The current password' })
  password: string;
}

export class ConfirmTotpRequest {
  @TextField({ max: 6, pattern: CODE, description: 'The first code of the app', example: '081804' })
  code: string;
}

export class SecondFactorResponse {
  @BoolField({ description: 'True when sign-in asks for a code' })
  isActive: boolean;

  @NullableField()
  @DateTimeField()
  activeSince: Date | null;

  @IntField({ min: 0, max: 100, description: 'Unused recovery codes' })
  recoveryCodesLeft: number;
}

export class TotpSecretResponse {
  @TextField({ max: 64, description: 'Base32, for typing into an app; shown once' })
  secret: string;

  @TextField({ max: 1000, description: 'The same for a QR code', example: 'otpauth://totp/Sdelka:anna@example.com?…' })
  uri: string;
}

export class RecoveryCodesResponse {
  @ListField(() => String, { max: 10, itemMax: 40, description: 'Each is good once; shown here and never again' })
  recoveryCodes: string[];
}
