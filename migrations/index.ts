import { FoundTheHouse202611210001 } from './202611210001-found-the-house.js';
import { AddIdentity202611210010 } from './202611210010-add-identity.js';
import { AddCrm202611210020 } from './202611210020-add-crm.js';
import { AddAmoBudget202611210030 } from './202611210030-add-amo-budget.js';
import { AddDealCopies202611210040 } from './202611210040-add-deal-copies.js';
import { CountGrantGenerations202611220010 } from './202611220010-count-grant-generations.js';
import { TellOauthStatesApart202611220011 } from './202611220011-tell-oauth-states-apart.js';
import { AddReserveGrants202611220012 } from './202611220012-add-reserve-grants.js';
import { AddWidgetCredential202611220020 } from './202611220020-add-widget-credential.js';
import { AddDealTransfers202611220030 } from './202611220030-add-deal-transfers.js';
import { KeepHookRuns202611220040 } from './202611220040-keep-hook-runs.js';
import { AddHookReplays202611220041 } from './202611220041-add-hook-replays.js';
import { PartHooksByDay202611220042 } from './202611220042-part-hooks-by-day.js';
import { ShareAmoBudgetByAccount202611220050 } from './202611220050-share-amo-budget-by-account.js';
import { IndexOpenCopyOperations202611220051 } from './202611220051-index-open-copy-operations.js';
import { KeepAmoBudgetOverCrashes202611230001 } from './202611230001-keep-amo-budget-over-crashes.js';
import { AddExternalIntegrations202611230010 } from './202611230010-add-external-integrations.js';
import { AddHookTakings202611230030 } from './202611230030-add-hook-takings.js';
import { MakeRolesEditable202611230040 } from './202611230040-make-roles-editable.js';
import { AddApiKeys202611230041 } from './202611230041-add-api-keys.js';
import { IndexAuditFilters202611230042 } from './202611230042-index-audit-filters.js';
import { AddOutgoingMails202611230050 } from './202611230050-add-outgoing-mails.js';
import { AddInvitations202611230051 } from './202611230051-add-invitations.js';
import { AddSecondFactors202611230060 } from './202611230060-add-second-factors.js';
import { AddClients202611230070 } from './202611230070-add-clients.js';
import { AddDictionaries202611230080 } from './202611230080-add-dictionaries.js';
import { AddClientHistory202611230081 } from './202611230081-add-client-history.js';
import { AddAnalytics202611230082 } from './202611230082-add-analytics.js';
import { AddClientFiles202611240010 } from './202611240010-add-client-files.js';
import { IndexListsOfOneKind202611240020 } from './202611240020-index-lists-of-one-kind.js';
import { TakeSourcesFromDictionary202611240021 } from './202611240021-take-sources-from-dictionary.js';
import { LetClientsBePurged202611240022 } from './202611240022-let-clients-be-purged.js';
import { CareForMails202611240030 } from './202611240030-care-for-mails.js';
import { AddNotifications202611240031 } from './202611240031-add-notifications.js';
import { OrderAnalyticsFacts202611240040 } from './202611240040-order-analytics-facts.js';
import { RollFiguresUpByDay202611240050 } from './202611240050-roll-figures-up-by-day.js';
import { LinkClientsToAmocrm202611240060 } from './202611240060-link-clients-to-amocrm.js';
import { NamePositions202611240070 } from './202611240070-name-positions.js';

/** All migrations, oldest first. Never edited once landed; a new change is a new one at the end. */
export const migrations = [
  FoundTheHouse202611210001,
  AddIdentity202611210010,
  AddCrm202611210020,
  AddAmoBudget202611210030,
  AddDealCopies202611210040,
  CountGrantGenerations202611220010,
  TellOauthStatesApart202611220011,
  AddReserveGrants202611220012,
  AddWidgetCredential202611220020,
  AddDealTransfers202611220030,
  KeepHookRuns202611220040,
  AddHookReplays202611220041,
  PartHooksByDay202611220042,
  ShareAmoBudgetByAccount202611220050,
  IndexOpenCopyOperations202611220051,
  KeepAmoBudgetOverCrashes202611230001,
  AddExternalIntegrations202611230010,
  AddHookTakings202611230030,
  MakeRolesEditable202611230040,
  AddApiKeys202611230041,
  IndexAuditFilters202611230042,
  AddOutgoingMails202611230050,
  AddInvitations202611230051,
  AddSecondFactors202611230060,
  AddClients202611230070,
  AddDictionaries202611230080,
  AddClientHistory202611230081,
  AddAnalytics202611230082,
  AddClientFiles202611240010,
  IndexListsOfOneKind202611240020,
  TakeSourcesFromDictionary202611240021,
  LetClientsBePurged202611240022,
  CareForMails202611240030,
  AddNotifications202611240031,
  OrderAnalyticsFacts202611240040,
  RollFiguresUpByDay202611240050,
  LinkClientsToAmocrm202611240060,
  NamePositions202611240070,
] as const;
