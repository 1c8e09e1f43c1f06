import { Command } from '@nestjs/cqrs';
import type { Platform } from '#domain/crm/connection-state.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';

export interface ButtonPlan {
  /** Where the account lives; amoCRM by default. */
  readonly platform?: Platform;
  /** Not for buttons: an external integration has no widget whose install could complete the connection. */
  readonly account?: string;
}

/** What a site's button must be given (amoCRM: button on a site, `data-state`, `data-secrets_uri`, `data-redirect_uri`, `data-scopes`). */
export interface ButtonToShow {
  readonly state: string;
  readonly secretsUri: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  /** ISO 8601; until then the secrets and the administrator must have come. */
  readonly expiresAt: string;
}

/**
 * Begin to connect the workspace by an external integration, which amoCRM makes when an administrator presses the button.
 *
 * Opens its own transaction so that its result, which holds a one-time secret, is never stored under an idempotency key.
 * @throws AppError `shared.validation_failed` when an account is named
 */
@Permission('crm:manage', { ownTransactions: true })
export class StartExternalConnectionCommand extends Command<ButtonToShow> {
  constructor(readonly plan: ButtonPlan = {}) {
    super();
  }
}
