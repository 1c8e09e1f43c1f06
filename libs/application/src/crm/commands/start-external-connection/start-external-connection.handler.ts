import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { IDS, type Ids } from '#application/shared/ports/ids.js';
import { UNIT_OF_WORK, type UnitOfWork } from '#application/shared/ports/unit-of-work.js';
import { SIGN_IN_LIFE_MS } from '../../connection/sign-in-life.js';
import { hashOf, TOKEN_BYTES } from '../../hook-tokens/token-print.js';
import { EXTERNAL_INTEGRATIONS, type ExternalIntegrations } from '../../ports/external-integrations.js';
import { EXTERNAL_SETTINGS, type ExternalSettings } from '../../ports/external-settings.js';
import { OAUTH_STATES, type OAuthStates } from '../../ports/oauth-states.js';
import { type ButtonToShow, StartExternalConnectionCommand } from './start-external-connection.command.js';

// All that the product asks of an account. amoCRM: the other one is `notifications`.
const SCOPES = ['crm'] as const;

@CommandHandler(StartExternalConnectionCommand)
export class StartExternalConnectionHandler implements ICommandHandler<StartExternalConnectionCommand> {
  constructor(
    @Inject(OAUTH_STATES) private readonly states: OAuthStates,
    @Inject(EXTERNAL_INTEGRATIONS) private readonly external: ExternalIntegrations,
    @Inject(EXTERNAL_SETTINGS) private readonly settings: ExternalSettings,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly context: CurrentContext,
  ) {}

  async execute({ plan: { platform = 'amocrm', account } }: StartExternalConnectionCommand): Promise<ButtonToShow> {
    if (account !== undefined) throw noAccount();
    const state = this.ids.secret(TOKEN_BYTES);
    const pending = { userId: this.context.userId(), kind: 'external', platform, accountOrigin: null } as const;
    await this.unitOfWork.transact(async () => {
      // Those that nobody came back with go on the way.
      await this.external.forgetUnused(null);
      await this.states.add(hashOf(state), pending, SIGN_IN_LIFE_MS);
    });
    const expiresAt = new Date(this.clock.now().getTime() + SIGN_IN_LIFE_MS).toISOString();
    const { secretsUri, redirectUri } = this.settings;
    return { state, secretsUri, redirectUri, scopes: SCOPES, expiresAt };
  }
}

const noAccount = (): AppError =>
  new AppError(sharedErrors['shared.validation_failed'], {
    issues: [{ path: 'account', code: 'not_for_buttons', message: 'the button names no account beforehand' }],
  });
