import type { AmoDealId } from '../../shared/ids.js';
import type { Direction, HookEvent } from './hook-event.js';
import type { ReadHook } from './read-hook.js';

/** Events that a summary names; the rest is counted. amoCRM sends a few. */
export const MAX_READING_EVENTS = 20;
/** Entities by which a hook can be found; a body of a megabyte could name tens of thousands. */
export const MAX_HOOK_ENTITIES = 250;
// Of names that a stranger chose.
const MAX_NAME = 40;

/** One event as a person reads it: no names and no values of the body, which may be personal data. */
export interface EventReading {
  readonly kind: HookEvent['kind'];
  /** leads, contacts, companies, task, unsorted, … */
  readonly entity: string;
  /** add, update, status, lead_appeared_in_status, … */
  readonly action: string;
  readonly entityId: number | null;
  readonly dealId: AmoDealId | null;
  readonly direction: Direction | null;
}

/** What was found in a hook's body. */
export interface HookReading {
  readonly accountId: number | null;
  /** At most `MAX_READING_EVENTS` of them. */
  readonly events: readonly EventReading[];
  readonly eventCount: number;
  /** Names at the top of the body in which no event was found; at most `MAX_READING_EVENTS` of them. */
  readonly unknownKeys: readonly string[];
  /** Some bytes were no UTF-8. */
  readonly brokenEncoding: boolean;
}

/** A record at amoCRM that a hook is about. */
export interface HookEntity {
  readonly entity: string;
  readonly id: number;
}

/** The summary of a read hook. */
export const readingOf = ({ accountId, events, unknownKeys, brokenEncoding }: ReadHook): HookReading => ({
  accountId,
  events: events.slice(0, MAX_READING_EVENTS).map(eventReading),
  eventCount: events.length,
  unknownKeys: unknownKeys.slice(0, MAX_READING_EVENTS).map(named),
  brokenEncoding,
});

/** What a read hook is about, each once: the records that changed, and the deals that they belong to. */
export const entitiesOf = ({ events }: Pick<ReadHook, 'events'>): readonly HookEntity[] => {
  const found = new Map<string, HookEntity>();
  const add = (entity: string, id: number | null): void => {
    if (id !== null && found.size < MAX_HOOK_ENTITIES) found.set(`${entity} ${id}`, { entity, id });
  };
  for (const event of events) {
    const { entity, entityId, dealId } = eventReading(event);
    add(entity, entityId);
    add('leads', dealId);
  }
  return [...found.values()];
};

const eventReading = (event: HookEvent): EventReading =>
  event.kind === 'pipeline'
    ? {
        kind: 'pipeline',
        entity: 'leads',
        action: named(event.event),
        entityId: event.dealId,
        dealId: event.dealId,
        direction: event.direction ?? null,
      }
    : {
        kind: 'account',
        entity: named(event.entity),
        action: named(event.action),
        entityId: event.entityId ?? null,
        dealId: event.dealId ?? null,
        direction: null,
      };

// What Postgres cannot store as text or JSON, and what a person cannot read, is left out of a name.
const named = (text: string): string => text.replaceAll(/[^\w.-]/g, '').slice(0, MAX_NAME) || 'unknown';
