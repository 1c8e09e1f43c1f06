import { Command } from '@nestjs/cqrs';
import type { SessionId } from '#domain/shared/ids.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';

/** End all sessions of the caller but `kept`, in all workspaces. Their access tokens end within two seconds. */
@Permission('identity:read-self')
export class EndOtherSessionsCommand extends Command<void> {
  constructor(readonly kept: SessionId) {
    super();
  }
}
