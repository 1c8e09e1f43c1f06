import { Query } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { ClientSettingsView } from './client-settings.view.js';

/** How the workspace reads phone numbers, and how long it keeps deleted clients. */
@Permission('clients:read')
export class GetClientSettingsQuery extends Query<ClientSettingsView> {}
