/** Paths that answer without a credential; a test compares them with what the guard lets in. */
export const PUBLIC_PATHS: ReadonlySet<string> = new Set([
  '/api/v1/auth/login',
  '/api/v1/auth/refresh',
  '/api/v1/crm/oauth/callback',
  '/hooks/amocrm/{hookToken}',
  '/health/live',
  '/health/ready',
  '/metrics',
]);
