/** Paths of load balancers and monitoring: they answer whatever happens. */
export const HEALTH_PATHS: ReadonlySet<string> = new Set(['/health/live', '/health/ready', '/metrics']);

/** Paths that answer without a credential; a test compares them with what the guard lets in. */
export const PUBLIC_PATHS: ReadonlySet<string> = new Set([
  '/api/v1/auth/login',
  '/api/v1/auth/refresh',
  '/api/v1/crm/oauth/callback',
  '/hooks/amocrm/{hookToken}',
  '/hooks/amocrm-uninstall',
  ...HEALTH_PATHS,
]);

/** Paths about the caller's session, which take an access token only; a test compares them with what the guard does. */
export const SESSION_PATHS: ReadonlySet<string> = new Set(['/api/v1/auth/logout']);

// Operations that every role may call, so that none is ever refused; a test compares them with the permissions.
const EVERY_MEMBER_MAY: ReadonlySet<string> = new Set([
  'get /api/v1/auth/me',
  'post /api/v1/auth/logout',
  'get /api/v1/crm/connection',
  'get /api/v1/crm/directory',
  'get /api/v1/crm/hooks',
  'get /api/v1/crm/hooks/{id}',
  'get /api/v1/crm/hooks/replays/{id}',
  'get /api/v1/crm/hooks/replays/{id}/hooks',
  'get /api/v1/deals/copies',
  'get /api/v1/deals/copies/{id}',
  'get /api/v1/deals/copies/{id}/items',
  'get /api/v1/deals/copies/{id}/events',
  'get /api/v1/deals/transfers',
  'get /api/v1/deals/transfers/{id}',
  'get /api/v1/deals/transfers/{id}/items',
  'get /api/v1/deals/transfers/{id}/events',
  'get /api/v1/clients/{id}/comments',
  'get /api/v1/clients/{id}/timeline',
  'get /api/v1/comments/{id}',
  'get /api/v1/comments/{id}/history',
  'get /api/v1/clients',
  'post /api/v1/clients/duplicates',
  'get /api/v1/clients/{id}',
  'get /api/v1/clients/{id}/links',
  'get /api/v1/clients/fields',
  'get /api/v1/clients/settings',
  'get /api/v1/clients/views',
  'post /api/v1/clients/views',
  'patch /api/v1/clients/views/{id}',
  'delete /api/v1/clients/views/{id}',
  'get /api/v1/dictionaries',
  'get /api/v1/dictionaries/{id}',
  'get /api/v1/interactions/{id}',
]);

/** True when an operation asks for nothing that a role lacks. */
export const isForEveryMember = (method: string, path: string): boolean => EVERY_MEMBER_MAY.has(`${method} ${path}`);
