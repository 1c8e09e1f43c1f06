import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { ClientSettings } from '../../ports/client-rules.js';
import type { ClientSettingsView } from '../../queries/get-client-settings/client-settings.view.js';

/** Change how phone numbers are read from now on, or how long deleted clients are kept; what is left out stays. */
@Permission('clients:configure')
export class ChangeClientSettingsCommand extends Command<ClientSettingsView> {
  constructor(readonly change: Partial<ClientSettings>) {
    super();
  }
}
