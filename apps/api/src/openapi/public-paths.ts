/** Paths of load balancers and monitoring: they answer whatever happens. */
export const HEALTH_PATHS: ReadonlySet<string> = new Set(['/health/live', '/health/ready', '/metrics']);

/** Paths that answer without a credential; a test compares them with what the guard lets in. */
export const PUBLIC_PATHS: ReadonlySet<string> = new Set([
  '/api/v1/auth/login',
  '/api/v1/auth/login/totp',
  '/api/v1/auth/password-resets',
  '/api/v1/auth/password-resets/{token}',
  '/api/v1/auth/refresh',
  '/api/v1/invitations/{token}',
  '/api/v1/invitations/{token}/accept',
  '/api/v1/crm/oauth/callback',
  '/hooks/amocrm/{hookToken}',
  '/hooks/amocrm-uninstall',
  '/hooks/amocrm-secrets',
  ...HEALTH_PATHS,
]);

/** Paths about the caller's session, which take an access token only; a test compares them with what the guard does. */
export const SESSION_PATHS: ReadonlySet<string> = new Set([
  '/api/v1/auth/logout',
  '/api/v1/auth/password',
  '/api/v1/auth/sessions',
  '/api/v1/auth/sessions/{id}',
  '/api/v1/auth/totp',
  '/api/v1/auth/totp/confirm',
  '/api/v1/auth/totp/recovery-codes',
  '/api/v1/auth/switch',
  '/api/v1/invitations/{token}/join',
  '/api/v1/workspaces',
  '/api/v1/notifications',
  '/api/v1/notifications/read',
  '/api/v1/notifications/settings',
  '/api/v1/notifications/{id}/read',
]);

// Operations that nobody who is let in is refused: every role may them, and no API key or one-time token comes so far.
const EVERY_MEMBER_MAY: ReadonlySet<string> = new Set([
  'post /api/v1/auth/logout',
  'post /api/v1/auth/password',
  'get /api/v1/auth/sessions',
  'delete /api/v1/auth/sessions',
  'delete /api/v1/auth/sessions/{id}',
  'get /api/v1/auth/totp',
  'post /api/v1/auth/totp',
  'delete /api/v1/auth/totp',
  'post /api/v1/auth/totp/confirm',
  'post /api/v1/auth/totp/recovery-codes',
  'post /api/v1/auth/switch',
  'post /api/v1/invitations/{token}/join',
  'get /api/v1/workspaces',
  'get /api/v1/notifications',
  'post /api/v1/notifications/read',
  'post /api/v1/notifications/{id}/read',
  'get /api/v1/notifications/settings',
  'put /api/v1/notifications/settings',
]);

/** True when an operation asks for nothing that a caller who is let in may lack. */
export const isForEveryMember = (method: string, path: string): boolean => EVERY_MEMBER_MAY.has(`${method} ${path}`);
