import type { Hosts } from '../hosts.js';
import { formatBrackets } from '../http/brackets.js';
import type { Settings } from '../settings.js';
import type { AccountState } from '../state/account.js';
import type { DpActionRow, WebhookRow } from '../state/hook-rows.js';
import type { LeadRow } from '../state/rows.js';
import type { World } from '../state/world.js';
import { hookItem, type HookItem } from './bodies.js';
import { dpBody } from './dp-bodies.js';
import type { AmoEvent } from './events.js';
import { HookFaults } from './hook-faults.js';
import { HookSender, type Delivery } from './sender.js';

const FORM = 'application/x-www-form-urlencoded';
const ITEMS_PER_POST = 10;
const MINUTE = 60;
const HOUR = 3_600;

/** amoCRM: delays before attempts 2…5; the last two only after 499 or 5xx. */
const ACCOUNT_RETRIES = [5 * MINUTE, 15 * MINUTE, 15 * MINUTE, HOUR];
const LAST_RETRY_FOR_ALL = 2;

/** Kommo: up to four retries of a Digital Pipeline hook within an hour; amoCRM sends it once. */
const KOMMO_DP_RETRIES = [MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE];

/** amoCRM: more than 100 invalid answers in two hours, the last one invalid, switch a subscription off. */
const INVALID_MAX = 100;
const INVALID_WINDOW = 2 * HOUR;

const isValid = (status: number): boolean => status >= 100 && status < 300;

/** Turns what happened in an account into webhooks. */
export class HookPublisher {
  readonly faults = new HookFaults();
  readonly sender: HookSender;
  private invalid = new Map<number, number[]>();

  constructor(
    private readonly world: World,
    private readonly settings: Settings,
    private readonly hosts: Hosts,
  ) {
    this.sender = new HookSender(
      {
        now: () => world.now(),
        retryDelay: (delivery, attempt, status) => this.retryDelay(delivery, attempt, status),
        attempted: (delivery, status) => this.attempted(delivery, status),
      },
      this.faults,
    );
  }

  /** Tell all subscribers of the account and the Digital Pipeline about these events. Never blocks. */
  publish(account: AccountState, events: readonly AmoEvent[]): void {
    if (events.length === 0) return;
    this.publishAccountHooks(account, events);
    if (account.tables.count('dpActions') > 0) this.publishDigitalPipeline(account, events);
  }

  reset(): void {
    this.sender.reset();
    this.faults.set({});
    this.invalid = new Map();
  }

  private publishAccountHooks(account: AccountState, events: readonly AmoEvent[]): void {
    const hooks = [...account.tables.all('webhooks')].filter((hook) => !hook.disabled);
    if (hooks.length === 0) return;
    const wanted = new Set(hooks.flatMap((hook) => hook.settings));
    const items = events
      .map((event) => hookItem({ account, settings: this.settings }, event))
      .filter((item) => item !== null)
      .filter((item) => wanted.has(item.code));
    for (const hook of hooks) {
      for (const group of grouped(items.filter((item) => hook.settings.includes(item.code))))
        this.sendGroup(account, hook, group);
    }
  }

  private sendGroup(account: AccountState, hook: WebhookRow, group: readonly HookItem[]): void {
    const [first] = group;
    if (!first) return;
    const row = this.world.accountRow(account.id);
    const { subdomain } = row;
    const self = `https://${subdomain}.${this.hosts.facts(row).baseDomain}`;
    const about = { account: { subdomain, id: account.id, _links: { self } } };
    const items = { [first.entity]: { [first.action]: group.map((one) => one.item) } };
    const body = this.settings.hookAccount === 'first' ? { ...about, ...items } : { ...items, ...about };
    this.sender.send({
      kind: 'account',
      accountId: account.id,
      webhookId: hook.id,
      url: hook.destination,
      contentType: FORM,
      body: formatBrackets(body),
    });
  }

  private publishDigitalPipeline(account: AccountState, events: readonly AmoEvent[]): void {
    for (const event of events) {
      if (event.kind !== 'entity' || event.entity !== 'leads' || (event.action !== 'add' && event.action !== 'status'))
        continue;
      const lead = event.after as LeadRow;
      for (const action of account.tables.all('dpActions')) {
        if (action.pipelineId === lead.pipeline_id && action.statusId === lead.status_id) {
          this.sendDp(account, action, lead, event.action === 'add' ? undefined : (event.before as LeadRow));
        }
      }
    }
  }

  private sendDp(account: AccountState, action: DpActionRow, lead: LeadRow, before: LeadRow | undefined): void {
    const { subdomain } = this.world.accountRow(account.id);
    const body = dpBody({
      action,
      lead,
      before,
      account: { id: account.id, subdomain },
      now: this.world.now(),
      settings: this.settings,
    });
    const asForm = action.encoding === 'form';
    this.sender.send({
      kind: 'digital_pipeline',
      accountId: account.id,
      webhookId: null,
      url: action.url,
      contentType: asForm ? FORM : 'application/json',
      body: asForm ? formatBrackets(body) : JSON.stringify(body),
    });
  }

  private retryDelay(delivery: Delivery, attempt: number, status: number): number | null {
    if (isValid(status)) return null;
    if (delivery.kind === 'digital_pipeline') {
      const platform = this.hosts.platformOf(this.world.accountRow(delivery.accountId));
      return platform === 'kommo' ? (KOMMO_DP_RETRIES[attempt - 1] ?? null) : null;
    }
    if (this.webhook(delivery)?.disabled !== false) return null;
    if (attempt > LAST_RETRY_FOR_ALL && status < 499) return null;
    return ACCOUNT_RETRIES[attempt - 1] ?? null;
  }

  private attempted(delivery: Delivery, status: number): void {
    const { webhookId } = delivery;
    if (webhookId === null || isValid(status)) return;
    const since = this.world.now() - INVALID_WINDOW;
    const recent = [...(this.invalid.get(webhookId) ?? []).filter((at) => at > since), this.world.now()];
    this.invalid.set(webhookId, recent);
    const hook = this.webhook(delivery);
    if (!hook || hook.disabled || recent.length <= INVALID_MAX) return;
    this.world.account(delivery.accountId).tables.put('webhooks', { ...hook, disabled: true });
    this.world.commit();
  }

  private webhook({ accountId, webhookId }: Delivery): WebhookRow | undefined {
    return webhookId === null ? undefined : this.world.account(accountId).tables.get('webhooks', webhookId);
  }
}

/** Items of one event code in one POST, a few at a time. */
function grouped(items: readonly HookItem[]): HookItem[][] {
  const byCode = new Map<string, HookItem[][]>();
  for (const item of items) {
    const groups = byCode.get(item.code) ?? [[]];
    byCode.set(item.code, groups);
    const last = groups[groups.length - 1];
    if (last && last.length < ITEMS_PER_POST) last.push(item);
    else groups.push([item]);
  }
  return [...byCode.values()].flat().filter((group) => group.length > 0);
}
