import { TextField } from '../shared/fields.js';

export class ChangePasswordRequest {
  @TextField({ max: 1024, description: 'The current password' })
  current: string;

  @TextField({ max: 1024, description: 'At least 8 characters, at most 256, hard to guess; any characters' })
  new: string;
}
