import type { AmoDealId } from '../../shared/ids.js';
import type { HookMap } from './hook-tree.js';

/**
 * Something changed in the account (amoCRM: webhooks). Keys are amoCRM's, in the style of its API v2; every value is
 * text. Delivered at least once and in no order: read the entity before acting on it.
 */
export interface AccountHookEvent {
  readonly kind: 'account';
  /** leads, contacts (companies too), task, unsorted, customers, message, … */
  readonly entity: string;
  /** add, update, delete, restore, status, responsible, note, … */
  readonly action: string;
  /** The record that changed; for a note, the one it was written to. */
  readonly entityId?: number;
  /** The deal that changed, or to which the note or the task belongs. */
  readonly dealId?: AmoDealId;
  /** When it changed, in Unix seconds; deletions do not say. */
  readonly changedAt?: number;
  readonly raw: HookMap;
}

/** How a deal moved against a trigger that spans several stages: onto it, inside it, off it. */
export type Direction = 'went_to' | 'went_in' | 'went_from';

/** A digital-pipeline action fired for a deal (amoCRM: Digital Pipeline, webhooks and widget actions). */
export interface PipelineHookEvent {
  readonly kind: 'pipeline';
  readonly dealId: AmoDealId;
  /** amoCRM's word: `status`, `add`, `mail_in`, `lead_appeared_in_status`, …; unknown ones are passed on. */
  readonly event: string;
  readonly stageId?: number;
  readonly pipelineId?: number;
  readonly direction?: Direction;
}

export type HookEvent = AccountHookEvent | PipelineHookEvent;

/** True for an event that says that a deal came to the trigger, and not that it moved on inside or away from it. */
export const isEntry = ({ direction }: PipelineHookEvent): boolean =>
  direction === undefined || direction === 'went_to';
