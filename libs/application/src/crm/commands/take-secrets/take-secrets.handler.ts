import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { PLATFORMS } from '#domain/crm/connection-state.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { networkOf } from '#application/identity/index.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { AUDIT_TRAIL, type AuditTrail } from '#application/shared/ports/audit-trail.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { UNIT_OF_WORK, type UnitOfWork } from '#application/shared/ports/unit-of-work.js';
import { starterActor } from '../../connection/starter-actor.js';
import { hashOf } from '../../hook-tokens/token-print.js';
import { SenderRate } from '../../intake/sender-rate.js';
import { AMO_INTEGRATION, type AmoIntegration } from '../../ports/amo-integration.js';
import { EXTERNAL_INTEGRATIONS, type ExternalIntegrations } from '../../ports/external-integrations.js';
import { EXTERNAL_SETTINGS, type ExternalSettings } from '../../ports/external-settings.js';
import type { Integration } from '../../ports/integrations.js';
import { TakeSecretsCommand } from './take-secrets.command.js';

// One a button press: far more than people press, far less than guessing would need.
const RATE = { perSecond: 1, burst: 60 };

@CommandHandler(TakeSecretsCommand)
export class TakeSecretsHandler implements ICommandHandler<TakeSecretsCommand> {
  readonly #rate = new SenderRate(RATE);

  constructor(
    @Inject(EXTERNAL_INTEGRATIONS) private readonly external: ExternalIntegrations,
    @Inject(AMO_INTEGRATION) private readonly configured: AmoIntegration,
    @Inject(EXTERNAL_SETTINGS) private readonly settings: ExternalSettings,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly context: CurrentContext,
  ) {}

  async execute({ delivered: { clientId, clientSecret, state } }: TakeSecretsCommand): Promise<void> {
    this.slowDown();
    const stateHash = state === null ? null : hashOf(state);
    const presser = stateHash === null ? null : await this.external.presserOf(stateHash);
    if (stateHash === null || presser === null) throw new AppError(crmErrors['crm.oauth_state_unknown']);
    if (this.isConfigured(clientId)) throw new AppError(crmErrors['crm.secrets_refused']);
    const { redirectUri } = this.settings;
    // No session comes with a delivery: from here on it is the workspace and the person who pressed the button.
    const context = { ...this.context.get(), workspaceId: presser.workspaceId, actor: starterActor(presser.userId) };
    await this.context.run(context, () =>
      this.unitOfWork.transact(() => this.store(stateHash, { clientId, clientSecret, redirectUri })),
    );
  }

  private async store(stateHash: string, integration: Integration): Promise<void> {
    const taken = await this.external.take(stateHash, integration);
    if (taken === 'refused') throw new AppError(crmErrors['crm.secrets_refused']);
    if (taken === 'known') return;
    const { clientId } = integration;
    await this.audit.record({ entityType: 'crm.integration', entityId: clientId, before: null, after: { clientId } });
  }

  private isConfigured(clientId: string): boolean {
    return PLATFORMS.some((platform) => this.configured.configured(platform)?.clientId === clientId);
  }

  private slowDown(): void {
    // Without an address all such callers share one counter.
    const sender = networkOf(this.context.get().ip ?? 'unknown');
    const retryAfterMs = this.#rate.take(sender, this.clock.now().getTime());
    if (retryAfterMs > 0) throw new AppError(sharedErrors['shared.rate_limited'], { retryAfterMs });
  }
}
