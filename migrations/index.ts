import { FoundTheHouse202611210001 } from './202611210001-found-the-house.js';
import { AddIdentity202611210010 } from './202611210010-add-identity.js';
import { AddCrm202611210020 } from './202611210020-add-crm.js';
import { AddAmoBudget202611210030 } from './202611210030-add-amo-budget.js';
import { AddDealCopies202611210040 } from './202611210040-add-deal-copies.js';
import { AddWidgetCredential202611220020 } from './202611220020-add-widget-credential.js';

/** All migrations, oldest first. Never edited once landed; a new change is a new one at the end. */
export const migrations = [
  FoundTheHouse202611210001,
  AddIdentity202611210010,
  AddCrm202611210020,
  AddAmoBudget202611210030,
  AddDealCopies202611210040,
  AddWidgetCredential202611220020,
] as const;
