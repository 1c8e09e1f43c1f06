import { Command } from '@nestjs/cqrs';
import type { SessionId } from '#domain/shared/ids.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';

/**
 * End a session of the caller, in any workspace; the current one, too. Its access token ends within two seconds.
 *
 * Fails with `identity.session_unknown` (404) for one that has ended, or is somebody else's.
 */
@Permission('identity:read-self')
export class EndSessionCommand extends Command<void> {
  constructor(readonly sessionId: SessionId) {
    super();
  }
}
