import { Problem, problemBody, type Answer } from './http/answers.js';
import type { Dataset, SandboxConfig } from './config.js';
import { Counters } from './counters.js';
import { fillAccount } from './data/fill.js';
import { Faults } from './faults.js';
import { Hosts, type Platform } from './hosts.js';
import { recordHistory } from './history/record.js';
import { RequestLog } from './http/request-log.js';
import type { AmoEvent } from './hooks/events.js';
import { HookPublisher } from './hooks/publisher.js';
import { RateLimits } from './limits.js';
import type { Settings } from './settings.js';
import type { AccountState } from './state/account.js';
import { adoptFiles } from './state/files.js';
import { Journal } from './state/journal.js';
import { World } from './state/world.js';

/** The account that every sandbox has. */
const FIRST_ACCOUNT = { id: 31_415_926, subdomain: 'sdelka-demo', name: 'Мастерская «Дубрава»' };

/** What a new account may choose for itself. */
export interface AccountChoices {
  readonly platform?: Platform;
  readonly currency?: string;
  readonly language?: string;
}

/** Everything that one running sandbox consists of, without its HTTP side. */
export class Core {
  readonly settings: Settings;
  readonly limits = new RateLimits();
  readonly counters = new Counters();
  readonly faults = new Faults();
  readonly requests: RequestLog;
  readonly world: World;
  readonly hosts: Hosts;
  readonly hooks: HookPublisher;

  constructor(readonly config: SandboxConfig) {
    this.settings = { ...config.settings };
    this.world = new World(new Journal(config.dataDir));
    this.requests = new RequestLog(() => this.world.now());
    this.hosts = new Hosts(this.world, this.settings);
    this.hooks = new HookPublisher(this.world, this.settings, this.hosts);
    if (this.world.load()) for (const { id } of this.world.tables.all('accounts')) adoptFiles(this.world.account(id));
    else this.fill(config.dataset);
    this.registerIntegration();
    this.world.compact();
  }

  /** Back to the start: data, clock, settings, counters, faults, webhooks in flight. All tokens end. */
  reset(dataset: Dataset): void {
    this.world.clear();
    this.fill(dataset);
    this.registerIntegration();
    this.world.compact();
    Object.assign(this.settings, this.config.settings);
    this.limits.reset();
    this.counters.reset();
    this.requests.clear();
    this.faults.clear();
    this.hooks.reset();
  }

  addAccount(
    id: number,
    subdomain: string,
    name: string,
    dataset: Dataset,
    choices: AccountChoices = {},
  ): AccountState {
    const row = { id, subdomain, name, ...choices, blocked: false, revoked: [], created_at: this.world.now() };
    const account = this.world.addAccount(row);
    fillAccount(account, dataset, this.world.now());
    return account;
  }

  /**
   * Run one unit of work: its changes become durable together before the answer goes out, or are all undone.
   * Events are handed to the webhooks only after that.
   */
  unit(work: (emit: (event: AmoEvent) => void) => { account: AccountState | null; answer: Answer }): Answer {
    const events: AmoEvent[] = [];
    try {
      const { account, answer } = work((event) => void events.push(event));
      if (account) recordHistory(account, events, this.world.now());
      this.world.commit();
      if (account) this.hooks.publish(account, events);
      return answer;
    } catch (error) {
      this.world.rollback();
      if (error instanceof Problem) return error.answer;
      process.stderr.write(`amocrm-sandbox: request failed: ${error instanceof Error ? error.stack : String(error)}\n`);
      return {
        status: 500,
        body: problemBody(500, error instanceof Error ? error.message : 'unknown', { trace_id: 'sandbox' }),
      };
    }
  }

  async close(): Promise<void> {
    await this.hooks.sender.close();
    this.world.close();
  }

  private fill(dataset: Dataset): void {
    this.addAccount(FIRST_ACCOUNT.id, FIRST_ACCOUNT.subdomain, FIRST_ACCOUNT.name, dataset);
  }

  private registerIntegration(): void {
    const { clientId, clientSecret, redirectUri } = this.config;
    this.world.tables.put('integrations', { id: clientId, secret: clientSecret, redirectUri });
  }
}
