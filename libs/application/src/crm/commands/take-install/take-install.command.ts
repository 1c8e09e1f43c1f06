import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { ConnectionCompleted } from '../complete-connection/complete-connection.command.js';

/** The query of the call that amoCRM's server makes when the widget is installed. Nothing in it is trusted. */
export interface InstallNotice {
  readonly code?: string;
  /** Host of the account. */
  readonly referer?: string;
  /** Id of the integration, where amoCRM sends it. */
  readonly clientId?: string;
}

/**
 * Take the grant that comes with an install of the widget. amoCRM: a GET on the redirect URI without a browser, a
 * session or a `state`; it waits 3 s, ignores the answer and never repeats it.
 *
 * The code proves that an administrator of the account agreed, but not that anybody here did: no state ties the two
 * together. With it alone, two attacks would be open. A stranger installs the widget in an account of his own while a
 * workspace waits for its connection: the workspace would then work in the stranger's account. Or somebody lets his
 * workspace here wait for a company's account, and the company installs the widget: he would get its customers. So a
 * grant is taken only
 *
 * - by the one workspace that is connected to this very account already: an administrator of both tied them together; or
 * - by a workspace that waits for this account by its address, while this server has no other workspace that waits or
 *   was ever connected. Then there is nobody else here whom the company could mean, and the address was named by the
 *   workspace's own administrator, so that a stranger's account does not fit.
 *
 * All else goes through the consent page, which carries a state. Whether anybody may take the grant is settled before
 * amoCRM is asked: strangers cannot make this server send requests.
 *
 * @throws AppError `crm.install_unclaimed` when nobody may take it; nothing is kept
 * @throws AppError `crm.oauth_refused` | `crm.host_not_allowed` | `crm.other_account` | `crm.unreachable`, and as
 *   `AmoAccounts.identify`
 */
@Permission('public', { ownTransactions: true })
export class TakeInstallCommand extends Command<ConnectionCompleted> {
  constructor(readonly notice: InstallNotice) {
    super();
  }
}
