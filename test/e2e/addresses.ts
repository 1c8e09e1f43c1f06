/** Addresses of the API that the suites call, and bodies that they take. */
export const COPIES = '/api/v1/deals/copies';
export const TRANSFERS = '/api/v1/deals/transfers';
export const TOKENS = '/api/v1/crm/hook-tokens';
export const HOOKS = '/api/v1/crm/hooks';
export const CALLBACK = '/api/v1/crm/oauth/callback';
export const UNINSTALL = '/hooks/amocrm-uninstall';
export const SECRETS = '/hooks/amocrm-secrets';
export const NEW_TOKEN = { name: 'Copy', kind: 'digital_pipeline' };
export const NEW_OPTIONS = { nameTemplate: '{{lead.name}}' };
export const MEMBERS = '/api/v1/members';
export const INVITATIONS = '/api/v1/members/invitations';
export const INVITED = '/api/v1/invitations/{token}';
export const WORKSPACES = '/api/v1/workspaces';
export const KEYS = '/api/v1/api-keys';
export const ROLES = '/api/v1/roles';
export const NEW_KEY = { name: 'Shop', scopes: ['deals:read'] };
