import { Query } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { CopyDealsInput } from '../../commands/copy-deals/copy-deals.command.js';
import type { PreviewView } from './preview.view.js';

/**
 * What copying these deals would do and cost: up to 50 of them in full, the rest estimated. Reads from amoCRM in the
 * lane of a waiting person and writes nothing.
 *
 * @throws as `CopyDealsCommand`, and what reading from amoCRM throws
 */
@Permission('deals:copy', { ownTransactions: true })
export class PreviewCopyQuery extends Query<PreviewView> {
  constructor(readonly input: CopyDealsInput) {
    super();
  }
}
