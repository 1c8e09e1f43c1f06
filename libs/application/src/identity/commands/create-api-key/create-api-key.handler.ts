import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiKey, DEFAULT_KEY_BURST, DEFAULT_KEY_RATE, type KeyTerms } from '#domain/identity/api-key.js';
import { asId, type ApiKeyId } from '#domain/shared/ids.js';
import { CurrentContext } from '../../../shared/context/current-context.js';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import { IDS, type Ids } from '../../../shared/ports/ids.js';
import { UNIT_OF_WORK, type UnitOfWork } from '../../../shared/ports/unit-of-work.js';
import { apiKeyView, type NewApiKeyView } from '../../queries/list-api-keys/api-key.view.js';
import { ApiKeyStore } from '../../services/api-key-store.js';
import { KEY_BYTES, keyHash, keyText } from '../../services/api-key-text.js';
import { CreateApiKeyCommand, type CreateApiKeyInput } from './create-api-key.command.js';

@CommandHandler(CreateApiKeyCommand)
export class CreateApiKeyHandler implements ICommandHandler<CreateApiKeyCommand> {
  constructor(
    private readonly context: CurrentContext,
    private readonly store: ApiKeyStore,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ input }: CreateApiKeyCommand): Promise<NewApiKeyView> {
    const at = this.clock.now();
    const id = asId<ApiKeyId>(this.ids.next());
    const text = keyText(id, Buffer.from(this.ids.secret(KEY_BYTES), 'base64url'));
    const key = ApiKey.create(
      { ...termsOf(input), id, workspaceId: this.context.workspaceId(), createdBy: this.context.userId() },
      keyHash(text),
      at,
    );
    const facts = await this.unitOfWork.transact(() => this.store.add(key));
    return { ...apiKeyView(facts, at), key: text };
  }
}

const termsOf = ({ name, scopes, ...rest }: CreateApiKeyInput): KeyTerms => ({
  name,
  scopes,
  expiresAt: rest.expiresAt ?? null,
  allowedAddresses: rest.allowedAddresses ?? [],
  requestsPerSecond: rest.requestsPerSecond ?? DEFAULT_KEY_RATE,
  burst: rest.burst ?? DEFAULT_KEY_BURST,
});
