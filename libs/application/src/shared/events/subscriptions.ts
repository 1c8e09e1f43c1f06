import type { Command } from '@nestjs/cqrs';

/** A stored event as a subscriber sees it. */
export interface PublishedEvent {
  readonly wireName: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What to send when an event happened. Runs as the system in the event's workspace, at least once. */
export type Subscription = (event: PublishedEvent) => Command<unknown>;

const subscriptions = new Map<string, Subscription[]>();

/** Send a command for every event named `wireName`. Declared beside the subscriber's commands. */
export const onEvent = (wireName: string, subscription: Subscription): void => {
  subscriptions.set(wireName, [...(subscriptions.get(wireName) ?? []), subscription]);
};

/** The commands that an event causes, in the order in which their subscriptions were declared. */
export const commandsFor = (event: PublishedEvent): readonly Command<unknown>[] =>
  (subscriptions.get(event.wireName) ?? []).map((subscription) => subscription(event));

/** True when somebody listens; an event that nobody listens to is stored, but makes no job. */
export const hasSubscribers = (wireName: string): boolean => subscriptions.has(wireName);
