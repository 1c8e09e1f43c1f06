import { auditCases } from './access-audit.js';
import { accessHouse } from './access-house.js';
import { keyCareCases } from './access-key-care.js';
import { keyCases } from './access-keys.js';
import { roleCases } from './access-roles.js';

/* Who may do what, over one app and one database. */

const house = accessHouse();

keyCases(house);
keyCareCases(house);
roleCases(house);
auditCases(house);
