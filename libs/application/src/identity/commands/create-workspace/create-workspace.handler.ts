import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { assertTimeZone, DEFAULT_SETTINGS } from '#domain/identity/workspace-settings.js';
import { AppError } from '#domain/shared/app-error.js';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { CurrentContext } from '../../../shared/context/current-context.js';
import { IDS, type Ids } from '../../../shared/ports/ids.js';
import { MEMBERSHIPS, type Memberships } from '../../ports/memberships.js';
import { WORKSPACES, type Workspaces } from '../../ports/workspaces.js';
import type { OwnWorkspaceView } from '../../queries/list-workspaces/list-workspaces.query.js';
import { PeopleJournal } from '../../services/people-journal.js';
import { userActor } from '../../services/user-actor.js';
import { WorkspaceScope } from '../../services/workspace-scope.js';
import { CreateWorkspaceCommand } from './create-workspace.command.js';

@CommandHandler(CreateWorkspaceCommand)
export class CreateWorkspaceHandler implements ICommandHandler<CreateWorkspaceCommand> {
  constructor(
    private readonly context: CurrentContext,
    private readonly scope: WorkspaceScope,
    private readonly journal: PeopleJournal,
    @Inject(WORKSPACES) private readonly workspaces: Workspaces,
    @Inject(MEMBERSHIPS) private readonly memberships: Memberships,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  async execute({ input }: CreateWorkspaceCommand): Promise<OwnWorkspaceView> {
    const { actor } = this.context.get();
    // A workspace needs a person who looks after it.
    if (actor.kind !== 'user') throw new AppError(sharedErrors['shared.forbidden']);
    const { name, timeZone = DEFAULT_SETTINGS.timeZone, language = DEFAULT_SETTINGS.language } = input;
    assertTimeZone(timeZone);
    const id = asId<WorkspaceId>(this.ids.next());
    await this.scope.transact(id, userActor(actor.id, actor.email, 'admin'), async () => {
      await this.workspaces.add(id, { name, timeZone, language });
      await this.memberships.add(actor.id, 'admin');
      await this.journal.workspace('identity.workspace_created', { after: { name, timeZone, language } });
    });
    return { id, name, role: 'admin' };
  }
}
