import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/**
 * Tell a member by one mail of all mentions that wait for it, if the first of them is due. Left out is what was read or
 * deleted meanwhile; whoever was blocked, or wants no mails any more, gets none.
 */
@Permission('system')
export class MailMentionsCommand extends Command<void> {
  constructor(readonly memberId: string) {
    super();
  }
}
