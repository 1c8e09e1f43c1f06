import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import { type ApiKeyView, apiKeyView } from '../../queries/list-api-keys/api-key.view.js';
import { ApiKeyStore } from '../../services/api-key-store.js';
import { UpdateApiKeyCommand } from './update-api-key.command.js';

@CommandHandler(UpdateApiKeyCommand)
export class UpdateApiKeyHandler implements ICommandHandler<UpdateApiKeyCommand> {
  constructor(
    private readonly store: ApiKeyStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id, terms, expectedVersion }: UpdateApiKeyCommand): Promise<ApiKeyView> {
    const at = this.clock.now();
    return apiKeyView(await this.store.change(id, (key) => key.change(terms, at), { expectedVersion }), at);
  }
}
