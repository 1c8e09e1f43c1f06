import type { Settings } from '../settings.js';
import type { DpActionRow } from '../state/hook-rows.js';
import type { LeadRow } from '../state/rows.js';

/** amoCRM's number of leads among entity types. */
const LEAD_ELEMENT = 2;

export interface DpTrigger {
  readonly action: DpActionRow;
  readonly lead: LeadRow;
  /** Absent when the lead was created in the stage. */
  readonly before: LeadRow | undefined;
  readonly account: { readonly id: number; readonly subdomain: string };
  readonly now: number;
  readonly settings: Readonly<Settings>;
}

/** Body of a Digital Pipeline action in the shape that its stage is set up for. */
export function dpBody(trigger: DpTrigger): object {
  return trigger.action.shape === 'widget' ? widgetBody(trigger) : sendWebhookBody(trigger);
}

/** “API: send webhook”: ids only, no name, no fields. */
function sendWebhookBody({ lead, before, account, settings }: DpTrigger): object {
  const ids = { id: lead.id, status_id: lead.status_id, pipeline_id: lead.pipeline_id };
  const { dpEventKey: key } = settings;
  if (key !== '') return { leads: { [key]: [ids] }, account };
  const event = before
    ? { status: [{ ...ids, old_status_id: before.status_id, old_pipeline_id: before.pipeline_id }] }
    : { add: [ids] };
  return { leads: event, account };
}

function widgetBody({ action, lead, before, account, now, settings }: DpTrigger): object {
  const ids = { id: lead.id, status_id: lead.status_id, pipeline_id: lead.pipeline_id };
  return {
    event: {
      type: before ? 14 : 1,
      type_code: before ? 'lead_status_changed' : 'lead_added',
      data: {
        ...(settings.dpWidgetId === 'event_data' ? ids : { leads: { status: [ids] } }),
        element_type: LEAD_ELEMENT,
        direction_of_movement: 'went_to_trigger',
      },
      time: now,
    },
    action: { settings: { widget: { settings: action.settings } } },
    subdomain: account.subdomain,
    account_id: account.id,
  };
}
