import type { Route } from '../http/call.js';
import { catalogRoutes } from './catalogs.js';
import { complexRoutes } from './complex.js';
import { customFieldRoutes } from './custom-fields.js';
import { CUSTOMERS, whereCustomersAreOn } from './customers.js';
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
import { sourceRoutes } from './sources.js';
import { tagRoutes } from './tags.js';
import { taskRoutes } from './tasks.js';
import { unsortedRoutes } from './unsorted.js';
import { webhookRoutes } from './webhooks.js';

export const apiRoutes: readonly Route[] = whereCustomersAreOn([
  ...entityRoutes(LEADS),
  ...entityRoutes(CONTACTS),
  ...entityRoutes(COMPANIES),
  ...entityRoutes(CUSTOMERS),
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
  ...sourceRoutes,
]);
