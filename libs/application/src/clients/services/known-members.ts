import { Injectable } from '@nestjs/common';
import { FindMembersQuery, type FoundMemberView } from '#application/identity/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';

/** Members of the workspace, for those who name them or read what they wrote, whatever else these may. */
@Injectable()
export class KnownMembers {
  constructor(
    private readonly bus: AppBus,
    private readonly context: CurrentContext,
  ) {}

  /** Those of `ids` who are members, blocked ones too. */
  find(ids: readonly string[]): Promise<readonly FoundMemberView[]> {
    return this.context.run({ ...this.context.get(), actor: { kind: 'system' } }, () =>
      this.bus.ask(new FindMembersQuery(ids)),
    );
  }
}
