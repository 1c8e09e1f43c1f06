import { TextField } from '../shared/fields.js';

export class ChangePasswordRequest {
  @TextField({ max: 1024, description: 'The current password' })
  current: string;

  @TextField({ max: 1024, description: 'At least 8 characters, at most 256, hard to guess; any characters' })
  new: string;
}

export class PasswordResetRequest {
  @TextField({ max: 254, description: 'E-mail address of the account', example: 'anna@example.com' })
  email: string;
}

export class NewPasswordRequest {
  @TextField({ max: 1024, description: 'At least 8 characters, at most 256, hard to guess; any characters' })
  password: string;
}
