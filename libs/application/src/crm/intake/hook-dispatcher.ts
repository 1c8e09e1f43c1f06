import { Inject, Injectable } from '@nestjs/common';
import { crmErrors } from '#domain/crm/crm.errors.js';
import type { HookEnd, HookOutcome } from '#domain/crm/hook-outcome.js';
import type { HookTokenFacts } from '#domain/crm/hook-token.js';
import { echoClueOf } from '#domain/crm/hooks/own-echo.js';
import { type HookEvent, isEntry, type PipelineHookEvent } from '#domain/crm/hooks/hook-event.js';
import { DIRECTORIES, type Directories } from '../ports/directories.js';
import { HOOK_INBOX, type HookInbox, type StoredHook } from '../ports/hook-inbox.js';
import { PIPELINE_TRIGGERS, type PipelineTriggers, type TriggerResult } from '../ports/pipeline-triggers.js';

// amoCRM repeats an unanswered account webhook for about an hour and a half (amoCRM: webhooks, delivery).
const REPEATED_WITHIN_MS = 2 * 60 * 60_000;

const MAX_ENTRIES = 50;

/** How a hook ended and what it started. */
export interface Dispatched {
  readonly end: HookEnd;
  readonly operationIds?: readonly string[];
}

/** Hands the events of a readable hook of the right account to whoever acts on them. */
@Injectable()
export class HookDispatcher {
  constructor(
    @Inject(PIPELINE_TRIGGERS) private readonly triggers: PipelineTriggers,
    @Inject(HOOK_INBOX) private readonly inbox: HookInbox,
    @Inject(DIRECTORIES) private readonly directories: Directories,
  ) {}

  /** Nobody subscribes to account webhooks yet; they are recorded, repeated ones as such. */
  async accountHook(hook: StoredHook, events: readonly HookEvent[]): Promise<HookEnd> {
    if (events.length === 0) return { state: 'ignored', outcome: 'no_event' };
    if (events.some(({ kind }) => kind === 'pipeline')) return { state: 'ignored', outcome: 'pipeline_hook' };
    if (await this.isOwnEcho(events)) return { state: 'ignored', outcome: 'own_echo' };
    // Bytes that carry no time of change may rightly come twice: deleted, restored, deleted.
    const dated = events.every((event) => event.kind === 'account' && event.changedAt !== undefined);
    const repeated = dated && (await this.inbox.hasEarlierTwin(hook, REPEATED_WITHIN_MS));
    return { state: 'ignored', outcome: repeated ? 'duplicate' : 'no_subscriber' };
  }

  /** Start what the token asks for, once per deal that came in. Repeats are told by the receiver, per deal. */
  async pipelineHook(token: HookTokenFacts, hook: StoredHook, events: readonly HookEvent[]): Promise<Dispatched> {
    const moves = events.filter((event) => event.kind === 'pipeline');
    if (moves.length === 0) return ignored(events.length > 0 ? 'account_hook' : 'no_event');
    const entries = oncePerDeal(moves.filter(isEntry));
    if (entries.length === 0) return ignored('moved_on');
    // amoCRM sends one; thousands are somebody else's idea.
    if (entries.length > MAX_ENTRIES)
      return { end: { state: 'failed', outcome: crmErrors['crm.hook_unreadable'].code } };
    const results: TriggerResult[] = [];
    // One after another: they share the transaction.
    for (const entry of entries) results.push(await this.enter(token, hook, entry));
    return {
      end: endOf(results.map(({ outcome }) => outcome)),
      operationIds: results.flatMap(({ outcome, operationId }) =>
        outcome === 'started' && operationId !== undefined ? [operationId] : [],
      ),
    };
  }

  private async isOwnEcho(events: readonly HookEvent[]): Promise<boolean> {
    const clues = events.map((event) => echoClueOf(event, null));
    if (clues.includes('none')) return false;
    if (!clues.includes('marker_field')) return true;
    const markerFieldId = (await this.directories.find())?.markerFieldId;
    return markerFieldId !== undefined && events.every((event) => echoClueOf(event, markerFieldId) !== 'none');
  }

  private enter(
    token: HookTokenFacts,
    { receivedAt, forced }: StoredHook,
    { dealId, event }: PipelineHookEvent,
  ): Promise<TriggerResult> {
    const { id: hookTokenId, options, onceWithinMinutes } = token;
    return this.triggers.dealEntered({
      hookTokenId,
      options,
      // Said on purpose: whatever was started before is no reason not to.
      onceWithinMinutes: forced ? 0 : onceWithinMinutes,
      dealId,
      event,
      receivedAt: new Date(receivedAt),
    });
  }
}

const oncePerDeal = (events: readonly PipelineHookEvent[]): readonly PipelineHookEvent[] => [
  ...new Map(events.map((event) => [event.dealId, event])).values(),
];

const ignored = (outcome: HookOutcome): Dispatched => ({ end: { state: 'ignored', outcome } });

const endOf = (outcomes: readonly TriggerResult['outcome'][]): HookEnd => {
  if (outcomes.includes('started')) return { state: 'dispatched', outcome: 'started' };
  return { state: 'ignored', outcome: outcomes.includes('duplicate') ? 'duplicate' : 'ignored' };
};
