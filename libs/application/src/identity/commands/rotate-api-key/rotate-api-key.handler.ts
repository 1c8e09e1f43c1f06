import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import { IDS, type Ids } from '../../../shared/ports/ids.js';
import { UNIT_OF_WORK, type UnitOfWork } from '../../../shared/ports/unit-of-work.js';
import { apiKeyView, type NewApiKeyView } from '../../queries/list-api-keys/api-key.view.js';
import { ApiKeyStore } from '../../services/api-key-store.js';
import { KEY_BYTES, keyHash, keyText } from '../../services/api-key-text.js';
import { RotateApiKeyCommand } from './rotate-api-key.command.js';

@CommandHandler(RotateApiKeyCommand)
export class RotateApiKeyHandler implements ICommandHandler<RotateApiKeyCommand> {
  constructor(
    private readonly store: ApiKeyStore,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id, overlapHours }: RotateApiKeyCommand): Promise<NewApiKeyView> {
    const at = this.clock.now();
    const text = keyText(id, Buffer.from(this.ids.secret(KEY_BYTES), 'base64url'));
    const facts = await this.unitOfWork.transact(() =>
      this.store.change(id, (key) => key.rotate(keyHash(text), overlapHours, at)),
    );
    return { ...apiKeyView(facts, at), key: text };
  }
}
