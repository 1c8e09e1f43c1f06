import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiKeyStore } from '../../services/api-key-store.js';
import { DeleteApiKeyCommand } from './delete-api-key.command.js';

@CommandHandler(DeleteApiKeyCommand)
export class DeleteApiKeyHandler implements ICommandHandler<DeleteApiKeyCommand> {
  constructor(private readonly store: ApiKeyStore) {}

  execute({ id }: DeleteApiKeyCommand): Promise<void> {
    return this.store.remove(id);
  }
}
