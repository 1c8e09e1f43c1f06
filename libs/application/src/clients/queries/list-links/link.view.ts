import type { ClientKind } from '#domain/clients/client.js';

/** The other end of a link. */
export interface LinkView {
  readonly clientId: string;
  readonly kind: ClientKind;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly position: string | null;
}
