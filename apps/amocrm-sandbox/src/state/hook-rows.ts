export interface WebhookRow {
  readonly id: number;
  readonly destination: string;
  readonly settings: readonly string[];
  readonly created_at: number;
  readonly updated_at: number;
  readonly created_by: number;
  readonly sort: number;
  readonly disabled: boolean;
}

/** A Digital Pipeline action that sits on one stage. */
export interface DpActionRow {
  readonly id: number;
  readonly pipelineId: number;
  readonly statusId: number;
  readonly url: string;
  readonly shape: 'send_webhook' | 'widget';
  readonly encoding: 'form' | 'json';
  readonly settings: Readonly<Record<string, unknown>>;
}
