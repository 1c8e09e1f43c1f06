import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { resetAddressBucket } from '#domain/identity/guess-limits.js';
import { asId, type UserId, type WorkspaceId } from '#domain/shared/ids.js';
import { CurrentContext } from '../../../shared/context/current-context.js';
import { IDS, type Ids } from '../../../shared/ports/ids.js';
import { OUTBOX, type Outbox } from '../../../shared/ports/outbox.js';
import { sendPasswordResetJob } from '../../jobs/send-password-reset.job.js';
import { GUESS_LIMITER, type GuessLimiter } from '../../ports/guess-limiter.js';
import { SIGN_IN_DIRECTORY, type SignInDirectory } from '../../ports/sign-in-directory.js';
import { WorkspaceScope } from '../../services/workspace-scope.js';
import { RequestPasswordResetCommand } from './request-password-reset.command.js';

const NOBODY = '00000000-0000-0000-0000-000000000000';

@CommandHandler(RequestPasswordResetCommand)
export class RequestPasswordResetHandler implements ICommandHandler<RequestPasswordResetCommand> {
  constructor(
    private readonly context: CurrentContext,
    private readonly scope: WorkspaceScope,
    @Inject(SIGN_IN_DIRECTORY) private readonly directory: SignInDirectory,
    @Inject(GUESS_LIMITER) private readonly limiter: GuessLimiter,
    @Inject(OUTBOX) private readonly outbox: Outbox,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  async execute({ email }: RequestPasswordResetCommand): Promise<void> {
    const { ip = 'unknown', language } = this.context.get();
    if (!(await this.limiter.count(resetAddressBucket(ip)))) return;
    const account = await this.directory.findByEmail(email);
    const workspaceId = account?.membership?.workspaceId ?? asId<WorkspaceId>(NOBODY);
    const userId = account?.userId ?? asId<UserId>(NOBODY);
    const requestId = this.ids.next();
    await this.scope.transact(workspaceId, { kind: 'anonymous' }, () =>
      this.outbox.enqueue(sendPasswordResetJob, { workspaceId, userId, requestId, language }),
    );
  }
}
