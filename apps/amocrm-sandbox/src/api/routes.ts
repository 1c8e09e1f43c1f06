import { noContent, problem } from '../http/answers.js';
import { route, type Route } from '../http/call.js';
import { catalogRoutes } from './catalogs.js';
import { complexRoutes } from './complex.js';
import { customFieldRoutes } from './custom-fields.js';
import { directoryRoutes } from './directory.js';
import { eventRoutes } from './events.js';
import { entityRoutes } from './entity-kind.js';
import { fileRoutes } from './files.js';
import { LEADS } from './leads.js';
import { linkRoutes } from './links.js';
import { lossReasonRoutes } from './loss-reasons.js';
import { noteRoutes } from './notes.js';
import { COMPANIES, CONTACTS } from './people.js';
import { pipelineRoutes } from './pipelines.js';
import { tagRoutes } from './tags.js';
import { taskRoutes } from './tasks.js';
import { unsortedRoutes } from './unsorted.js';
import { webhookRoutes } from './webhooks.js';

/** Lists that exist in every account and are always empty here; other methods of them are 405. */
const emptyLists: readonly Route[] = [
  route('GET', '/api/v4/customers', () => {
    throw problem(402, 'Customers are switched off');
  }),
  route('GET', '/api/v4/sources', () => noContent),
];

export const apiRoutes: readonly Route[] = [
  ...entityRoutes(LEADS),
  ...entityRoutes(CONTACTS),
  ...entityRoutes(COMPANIES),
  ...unsortedRoutes,
  ...eventRoutes,
  ...fileRoutes,
  ...complexRoutes,
  ...linkRoutes,
  ...taskRoutes,
  ...noteRoutes,
  ...tagRoutes,
  ...customFieldRoutes,
  ...pipelineRoutes,
  ...lossReasonRoutes,
  ...catalogRoutes,
  ...directoryRoutes,
  ...webhookRoutes,
  ...emptyLists,
];
