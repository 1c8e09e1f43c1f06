import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/**
 * Ask amoCRM once whether the connection works, and record the answer. That it does not is an answer too, and no error:
 * the state tells. Commands who ask meanwhile in the same process share one question.
 *
 * @throws AppError `crm.not_connected` when there are no tokens to ask with
 * @throws AppError `crm.busy` | `crm.unreachable` | `crm.too_heavy` | `crm.forbidden` when nothing was learnt
 */
@Permission('crm:manage', { ownTransactions: true })
export class CheckConnectionCommand extends Command<void> {}
