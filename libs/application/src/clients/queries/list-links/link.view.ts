import type { ClientKind } from '#domain/clients/client.js';
import type { LinkPosition } from '../../ports/client-links.js';

/** The other end of a link, as it is stored. */
export interface StoredLinkView extends LinkPosition {
  readonly clientId: string;
  readonly kind: ClientKind;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
}

/** The other end of a link, with what its position is called in the language of whoever asks. */
export interface LinkView extends StoredLinkView {
  readonly positionTitle: string | null;
}
