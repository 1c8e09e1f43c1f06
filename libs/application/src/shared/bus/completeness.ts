import { Injectable, type OnApplicationBootstrap, type Type } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { declaredMessages, rulesOf } from './permission.decorator.js';

// The metadata keys of @nestjs/cqrs's @CommandHandler and @QueryHandler.
const HANDLER_KEYS = ['__commandHandler__', '__queryHandler__'] as const;

/**
 * Refuses to start when a message has no handler, two handlers, or no permission. Without it a second handler
 * silently wins and a missing one fails at its first use.
 */
@Injectable()
export class BusCompleteness implements OnApplicationBootstrap {
  constructor(private readonly discovery: DiscoveryService) {}

  onApplicationBootstrap(): void {
    const faults = findBusFaults(this.handledMessages(), declaredMessages());
    if (faults.length > 0) throw new Error(`The bus is not complete:\n${faults.join('\n')}`);
  }

  private handledMessages(): readonly HandledMessage[] {
    return this.discovery.getProviders().flatMap(({ metatype }) => {
      if (typeof metatype !== 'function') return [];
      return HANDLER_KEYS.flatMap((key) => {
        const message = Reflect.getMetadata(key, metatype) as Type<object> | undefined;
        return message ? [{ message, handler: metatype.name }] : [];
      });
    });
  }
}

export interface HandledMessage {
  readonly message: Type<object>;
  readonly handler: string;
}

/** The faults of a set of handlers against the declared messages, one sentence each. */
export const findBusFaults = (
  handled: readonly HandledMessage[],
  declared: readonly Type<object>[],
): readonly string[] => {
  const handlersOf = new Map<Type<object>, Set<string>>();
  for (const { message, handler } of handled) {
    handlersOf.set(message, (handlersOf.get(message) ?? new Set<string>()).add(handler));
  }
  const unhandled = declared.filter((message) => !handlersOf.has(message)).map(({ name }) => `${name} has no handler`);
  const doubled = [...handlersOf]
    .filter(([, handlers]) => handlers.size > 1)
    .map(([{ name }, handlers]) => `${name} has several handlers: ${[...handlers].join(', ')}`);
  const open = [...handlersOf.keys()]
    .filter((message) => !rulesOf(message))
    .map(({ name }) => `${name} declares no @Permission`);
  return [...unhandled, ...doubled, ...open];
};
