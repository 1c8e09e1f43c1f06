import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import { type ApiKeyView, apiKeyView } from '../../queries/list-api-keys/api-key.view.js';
import { ApiKeyStore } from '../../services/api-key-store.js';
import { ActivateApiKeyCommand } from './activate-api-key.command.js';

@CommandHandler(ActivateApiKeyCommand)
export class ActivateApiKeyHandler implements ICommandHandler<ActivateApiKeyCommand> {
  constructor(
    private readonly store: ApiKeyStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id }: ActivateApiKeyCommand): Promise<ApiKeyView> {
    return apiKeyView(await this.store.change(id, (key) => key.activate()), this.clock.now());
  }
}
