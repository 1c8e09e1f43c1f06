import { Command } from '@nestjs/cqrs';
import type { SessionId } from '#domain/shared/ids.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';

/**
 * End the caller's session: none of its refresh tokens works any more, an access token until it expires.
 * A session that has ended, or is somebody else's, is left as it is.
 */
@Permission('identity:read-self')
export class LogoutCommand extends Command<void> {
  constructor(readonly sessionId: SessionId) {
    super();
  }
}
