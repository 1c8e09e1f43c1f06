import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { UNIT_OF_WORK, type UnitOfWork } from '#application/shared/ports/unit-of-work.js';
import { AMO_INTEGRATION, type AmoIntegration } from '../ports/amo-integration.js';
import {
  EXTERNAL_INTEGRATIONS,
  type ExternalIntegration,
  type ExternalIntegrations,
} from '../ports/external-integrations.js';
import { EXTERNAL_SETTINGS, type ExternalSettings } from '../ports/external-settings.js';
import type { Integration } from '../ports/integrations.js';
import { OAUTH_STATES, type OAuthStarter, type OAuthStates } from '../ports/oauth-states.js';

const LOOK_EVERY_MS = 200;

/** Sign-ins at amoCRM that were begun here, and the integration that each goes through. */
@Injectable()
export class SignIns {
  constructor(
    @Inject(OAUTH_STATES) private readonly states: OAuthStates,
    @Inject(AMO_INTEGRATION) private readonly configured: AmoIntegration,
    @Inject(EXTERNAL_INTEGRATIONS) private readonly external: ExternalIntegrations,
    @Inject(EXTERNAL_SETTINGS) private readonly settings: ExternalSettings,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws AppError `crm.oauth_state_unknown` when nobody waits with it */
  async find(stateHash: string): Promise<OAuthStarter> {
    return (await this.states.find(stateHash)) ?? unknown();
  }

  /** Use a state up; of two who try, one does. @throws AppError `crm.oauth_state_unknown` */
  async redeem(stateHash: string): Promise<OAuthStarter> {
    return (await this.states.redeem(stateHash)) ?? unknown();
  }

  /**
   * The integration that a sign-in goes through. The secrets of an external one are waited for; when they do not come,
   * nothing is used up, so that the same answer of amoCRM can be given again.
   *
   * @throws AppError `crm.integration_missing` when the operator has configured none
   * @throws AppError `crm.secrets_missing` when amoCRM does not deliver the secrets in time
   */
  async integrationOf({ kind, platform }: OAuthStarter, stateHash: string): Promise<Integration> {
    const found = kind === 'external' ? await this.delivered(stateHash) : this.configured.configured(platform);
    if (found) return found;
    throw new AppError(crmErrors[kind === 'external' ? 'crm.secrets_missing' : 'crm.integration_missing']);
  }

  /** A sign-in came to nothing: of the current workspace's integrations, the one made for it is of no use. */
  async forget({ kind }: OAuthStarter, stateHash: string): Promise<void> {
    if (kind === 'external') await this.unitOfWork.transact(() => this.external.forgetUnused(stateHash));
  }

  private async delivered(stateHash: string): Promise<ExternalIntegration | null> {
    for (let leftMs = this.settings.secretsWaitMs; ; leftMs -= LOOK_EVERY_MS) {
      const found = await this.external.ofState(stateHash);
      if (found || leftMs <= 0) return found;
      await new Promise((resolve) => setTimeout(resolve, Math.min(LOOK_EVERY_MS, leftMs)));
    }
  }
}

const unknown = (): never => {
  throw new AppError(crmErrors['crm.oauth_state_unknown']);
};
