import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import { type ApiKeyView, apiKeyView } from '../../queries/list-api-keys/api-key.view.js';
import { ApiKeyStore } from '../../services/api-key-store.js';
import { DeactivateApiKeyCommand } from './deactivate-api-key.command.js';

@CommandHandler(DeactivateApiKeyCommand)
export class DeactivateApiKeyHandler implements ICommandHandler<DeactivateApiKeyCommand> {
  constructor(
    private readonly store: ApiKeyStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id }: DeactivateApiKeyCommand): Promise<ApiKeyView> {
    return apiKeyView(await this.store.change(id, (key) => key.deactivate(), { onlyStops: true }), this.clock.now());
  }
}
