import { Injectable, type PipeTransform } from '@nestjs/common';
import type { DeliveredSecrets } from '#application/crm/index.js';
import { createValidationPipe } from '../shared/validation.js';
import { DeliveredSecretsRequest } from './delivered-secrets.dto.js';

const USED = ['client_id', 'client_secret', 'state'] as const;

/**
 * Picks what is used of a delivery, and checks it like any body. Further members are let through: amoCRM may add some, and
 * does not say that it would deliver again.
 */
@Injectable()
export class DeliveredSecretsPipe implements PipeTransform<unknown, Promise<DeliveredSecrets>> {
  private readonly checked = createValidationPipe();

  async transform(body: unknown): Promise<DeliveredSecrets> {
    const metadata = { type: 'body', metatype: DeliveredSecretsRequest } as const;
    const delivered = (await this.checked.transform(usedOf(body), metadata)) as DeliveredSecretsRequest;
    return { clientId: delivered.client_id, clientSecret: delivered.client_secret, state: delivered.state };
  }
}

const usedOf = (body: unknown): unknown => {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(
    USED.flatMap((name) => (Object.hasOwn(body, name) ? [[name, Reflect.get(body, name)]] : [])),
  );
};
