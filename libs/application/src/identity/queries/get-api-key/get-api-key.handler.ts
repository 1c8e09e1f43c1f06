import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import { API_KEYS, type ApiKeys } from '../../ports/api-keys.js';
import { type ApiKeyView, apiKeyView } from '../list-api-keys/api-key.view.js';
import { GetApiKeyQuery } from './get-api-key.query.js';

@QueryHandler(GetApiKeyQuery)
export class GetApiKeyHandler implements IQueryHandler<GetApiKeyQuery> {
  constructor(
    @Inject(API_KEYS) private readonly keys: ApiKeys,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id }: GetApiKeyQuery): Promise<ApiKeyView> {
    const facts = await this.keys.find(id);
    if (!facts) throw new AppError(identityErrors['identity.api_key_unknown']);
    return apiKeyView(facts, this.clock.now());
  }
}
