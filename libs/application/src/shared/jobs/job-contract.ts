import type { Command } from '@nestjs/cqrs';
import type { WorkspaceId } from '#domain/shared/ids.js';

/** Every payload names its workspace: the consumer opens the context with it. */
export interface JobPayload {
  readonly workspaceId: WorkspaceId;
}

/** What api and worker agree on about one kind of job. Its functions are methods, so that lists of contracts can be typed. */
export interface JobContract<P extends object = object> {
  /** `<context>.<verb-noun>`, written by hand, stable. */
  readonly name: string;
  /** Raised only when optional fields were added; the consumer accepts the previous one too. */
  readonly version: number;
  readonly queue: string;
  /** The class that a payload is parsed into on arrival (class-validator); unknown fields are refused. */
  readonly payload: new () => P;
  /** Stable id of one piece of work, no ':' and never digits only (BullMQ's rules): the same key is one job. */
  key(payload: P): string;
  /** How often a failing job is tried in all. */
  readonly attempts: number;
  readonly backoff: { readonly kind: 'exponential' | 'fixed'; readonly delayMs: number };
  readonly keep: { readonly doneHours: number; readonly failedDays: number };
  /** 1 goes before 2, and jobs without one before all that have one (BullMQ: priorities). */
  priority?(payload: P): number | undefined;
  toCommand(payload: P): Command<unknown>;
  /** The command that records that the job was given up after its last attempt. */
  onExhausted?(payload: P, reason: { readonly code: string; readonly detail: string }): Command<unknown>;
}

const registry = new Map<string, JobContract>();

/** Declare a job. @throws Error when the name is taken. */
export const defineJob = <P extends JobPayload>(contract: JobContract<P>): JobContract<P> => {
  if (registry.has(contract.name)) throw new Error(`Job ${contract.name} is defined twice`);
  registry.set(contract.name, contract);
  return Object.freeze(contract);
};

/** All declared jobs, for the start-up completeness check and the consumers. */
export const allJobs = (): readonly JobContract[] => [...registry.values()];
