import { Inject, Injectable } from '@nestjs/common';
import type { WorkspaceId } from '#domain/shared/ids.js';
import { CurrentContext } from '../../shared/context/current-context.js';
import type { Actor } from '../../shared/context/request-context.js';
import { UNIT_OF_WORK, type UnitOfWork } from '../../shared/ports/unit-of-work.js';

/** Work in a workspace that became known only on the way, as when somebody signs in. */
@Injectable()
export class WorkspaceScope {
  constructor(
    private readonly context: CurrentContext,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Run `work` in one transaction of `workspaceId`, as `actor`.
   *
   * @throws Error when a transaction is open: it would keep the rights of the workspace it was opened for
   */
  transact<T>(workspaceId: WorkspaceId, actor: Actor, work: () => Promise<T>): Promise<T> {
    if (this.unitOfWork.isOpen()) throw new Error('A transaction is open: another workspace cannot be entered in it');
    return this.context.run({ ...this.context.get(), workspaceId, actor }, () => this.unitOfWork.transact(work));
  }

  /** Run `work` in the open transaction in the name of `actor`, who became known only within it. */
  continueAs<T>(actor: Actor, work: () => Promise<T>): Promise<T> {
    return this.context.run({ ...this.context.get(), actor }, work);
  }
}
