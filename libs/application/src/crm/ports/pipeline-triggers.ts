import type { AmoDealId, HookTokenId } from '#domain/shared/ids.js';
import type { HookOptions } from '#domain/crm/hook-token.js';

/** A deal came to the stage, or met the condition, that a digital-pipeline action watches. */
export interface DealEntered {
  readonly hookTokenId: HookTokenId;
  readonly options: HookOptions;
  /** The same deal starts nothing again through this token within so many minutes; 0 = it starts whatever was. */
  readonly onceWithinMinutes: number;
  readonly dealId: AmoDealId;
  /** When the hook arrived: repeats are told by it, however late the hook is worked on. */
  readonly receivedAt: Date;
  /** amoCRM's word for what happened: `status`, `add`, `lead_appeared_in_status`, … */
  readonly event: string;
}

export interface TriggerResult {
  readonly outcome: 'started' | 'duplicate' | 'ignored';
  readonly operationId?: string;
}

/** What digital-pipeline hooks start. Implemented by the context that does the work. */
export interface PipelineTriggers {
  /**
   * Start what the token's options ask for. Called in the transaction that ends the hook, so both happen or neither
   * does; it must not call amoCRM. An AppError that retrying cannot cure ends the hook as failed with its code.
   */
  dealEntered(entered: DealEntered): Promise<TriggerResult>;
}
export const PIPELINE_TRIGGERS = Symbol('PipelineTriggers');
