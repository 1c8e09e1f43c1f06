import { Command, CommandHandler, type ICommandHandler, type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/** What a sample message does when its handler gets it. */
export type Work = () => Promise<unknown>;

/** Needs `deals:copy`; runs in the bus's transaction. */
@Permission('deals:copy')
export class DoCommand extends Command<unknown> {
  constructor(readonly work: Work) {
    super();
  }
}

/** Needs nothing. */
@Permission('public')
export class DoPubliclyCommand extends DoCommand {}

/** For the product itself. */
@Permission('system')
export class DoAsSystemCommand extends DoCommand {}

/** Opens its own transactions. */
@Permission('deals:copy', { ownTransactions: true })
export class DoAloneCommand extends DoCommand {}

/** Needs `deals:read`. */
@Permission('deals:read')
export class AskQuery extends Query<unknown> {
  constructor(readonly work: Work) {
    super();
  }
}

@CommandHandler(DoCommand)
class DoHandler implements ICommandHandler<DoCommand> {
  execute({ work }: DoCommand): Promise<unknown> {
    return work();
  }
}

@CommandHandler(DoPubliclyCommand)
class DoPubliclyHandler extends DoHandler {}

@CommandHandler(DoAsSystemCommand)
class DoAsSystemHandler extends DoHandler {}

@CommandHandler(DoAloneCommand)
class DoAloneHandler extends DoHandler {}

@QueryHandler(AskQuery)
class AskHandler implements IQueryHandler<AskQuery> {
  execute({ work }: AskQuery): Promise<unknown> {
    return work();
  }
}

/** Handlers of the sample messages. */
export const SAMPLE_HANDLERS = [DoHandler, DoPubliclyHandler, DoAsSystemHandler, DoAloneHandler, AskHandler];
