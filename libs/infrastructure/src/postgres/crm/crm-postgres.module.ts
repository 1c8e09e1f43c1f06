import { Global, Module } from '@nestjs/common';
import { AMO_CONNECTIONS } from '#application/crm/ports/amo-connections.js';
import { AMO_GRANTS } from '#application/crm/ports/amo-grants.js';
import { CONNECTED_ACCOUNTS } from '#application/crm/ports/connected-accounts.js';
import { CRM_SCREENS } from '#application/crm/ports/crm-screens.js';
import { DIRECTORIES } from '#application/crm/ports/directories.js';
import { EXTERNAL_INTEGRATIONS } from '#application/crm/ports/external-integrations.js';
import { HOOK_INBOX } from '#application/crm/ports/hook-inbox.js';
import { HOOK_REPLAYS } from '#application/crm/ports/hook-replays.js';
import { HOOK_RETENTION } from '#application/crm/ports/hook-retention.js';
import { HOOK_SCREENS, REPLAY_SCREENS } from '#application/crm/ports/hook-screens.js';
import { HOOK_TAKINGS } from '#application/crm/ports/hook-takings.js';
import { HOOK_TOKENS } from '#application/crm/ports/hook-tokens.js';
import { OAUTH_STATES } from '#application/crm/ports/oauth-states.js';
import { PgAmoConnections } from './pg-amo-connections.js';
import { PgAmoGrants } from './pg-amo-grants.js';
import { PgConnectedAccounts } from './pg-connected-accounts.js';
import { PgCrmScreens } from './pg-crm-screens.js';
import { PgDirectories } from './pg-directories.js';
import { PgExternalIntegrations } from './pg-external-integrations.js';
import { PgHookInbox } from './pg-hook-inbox.js';
import { PgHookReplays } from './pg-hook-replays.js';
import { PgHookRetention } from './pg-hook-retention.js';
import { PgHookScreens } from './pg-hook-screens.js';
import { PgHookTakings } from './pg-hook-takings.js';
import { PgHookTokens } from './pg-hook-tokens.js';
import { PgOAuthStates } from './pg-oauth-states.js';
import { PgReplayScreens } from './pg-replay-screens.js';

const ports = [
  { provide: AMO_CONNECTIONS, useClass: PgAmoConnections },
  { provide: AMO_GRANTS, useClass: PgAmoGrants },
  { provide: CONNECTED_ACCOUNTS, useClass: PgConnectedAccounts },
  { provide: CRM_SCREENS, useClass: PgCrmScreens },
  { provide: DIRECTORIES, useClass: PgDirectories },
  { provide: EXTERNAL_INTEGRATIONS, useClass: PgExternalIntegrations },
  { provide: HOOK_INBOX, useClass: PgHookInbox },
  { provide: HOOK_REPLAYS, useClass: PgHookReplays },
  { provide: HOOK_RETENTION, useClass: PgHookRetention },
  { provide: REPLAY_SCREENS, useClass: PgReplayScreens },
  { provide: HOOK_SCREENS, useClass: PgHookScreens },
  { provide: HOOK_TAKINGS, useClass: PgHookTakings },
  { provide: HOOK_TOKENS, useClass: PgHookTokens },
  { provide: OAUTH_STATES, useClass: PgOAuthStates },
];

/** The ports of the crm context on Postgres. */
@Global()
@Module({ providers: ports, exports: ports.map(({ provide }) => provide) })
export class CrmPostgresModule {}
