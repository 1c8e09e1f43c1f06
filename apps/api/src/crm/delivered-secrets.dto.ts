import { NullableField, TextField } from '../shared/fields.js';

/** What amoCRM delivers of an external integration, in its own names. What else it sends is not looked at. */
export class DeliveredSecretsRequest {
  @TextField({ max: 64, pattern: /^[\w-]+$/, description: 'Id of the integration' })
  client_id: string;

  @TextField({ max: 500, pattern: /^[\x21-\x7e]+$/ })
  client_secret: string;

  @NullableField()
  @TextField({ max: 200, description: 'What the button was given; null when it had none' })
  state: string | null;
}
