import { CrmConnected } from '#domain/crm/events/crm-connected.event.js';
import { onEvent } from '#application/shared/events/subscriptions.js';
import { RefreshDirectoryCommand } from './commands/refresh-directory/refresh-directory.command.js';

// A fresh connection is of use only once its pipelines, users and fields are known.
onEvent(CrmConnected.wireName, () => new RefreshDirectoryCommand());
