import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { type HookReplay, MAX_REPLAYED_HOOKS, type ReplayScope, type ReplayStatus } from '#domain/crm/hook-replay.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { AUDIT_TRAIL, type AuditTrail } from '#application/shared/ports/audit-trail.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { IDS, type Ids } from '#application/shared/ports/ids.js';
import { HOOK_REPLAYS, type HookReplays } from '../../ports/hook-replays.js';

export interface HookReplayStarted {
  readonly id: string;
  readonly status: ReplayStatus;
  /** How many hooks it is about. */
  readonly total: number;
  /** Of these, left alone, for their work was begun before; 0 when forced. */
  readonly skipped: number;
}

export interface ReplayOrder {
  readonly scope: ReplayScope;
  readonly forced: boolean;
  readonly dryRun: boolean;
}

/** Places replays, with their audit lines. */
@Injectable()
export class ReplayOrders {
  constructor(
    @Inject(HOOK_REPLAYS) private readonly replays: HookReplays,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
    private readonly context: CurrentContext,
  ) {}

  /** @throws AppError `crm.hook_replay_too_large` */
  async place({ scope, forced, dryRun }: ReplayOrder): Promise<HookReplayStarted> {
    const { total, begun } = await this.replays.measure(scope, MAX_REPLAYED_HOOKS);
    if (total > MAX_REPLAYED_HOOKS) {
      throw new AppError(crmErrors['crm.hook_replay_too_large'], { details: { limit: MAX_REPLAYED_HOOKS } });
    }
    const status = dryRun || total === 0 ? 'done' : 'running';
    const skipped = forced ? 0 : begun;
    const replay: HookReplay = {
      id: this.ids.next(),
      status,
      scope,
      forced,
      dryRun,
      total,
      handed: 0,
      // A running one counts as it goes.
      skipped: status === 'done' ? skipped : 0,
      createdBy: this.context.userId(),
      createdAt: this.clock.now(),
    };
    await this.replays.add(replay);
    await this.audit.record({ entityType: 'crm.hook_replay', entityId: replay.id, before: null, after: told(replay) });
    return { id: replay.id, status, total, skipped };
  }
}

const told = ({ scope, forced, dryRun, total }: HookReplay) => ({
  from: scope.from.toISOString(),
  to: scope.to.toISOString(),
  states: scope.states,
  hookTokenId: scope.hookTokenId,
  hookId: scope.hookId,
  forced,
  dryRun,
  total,
});
