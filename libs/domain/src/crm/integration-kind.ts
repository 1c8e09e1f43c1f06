/**
 * How this server came to know an integration: `configured` by its operator, for all workspaces, or `external`: made by
 * amoCRM when an administrator pressed a site's button, its secret delivered for one workspace.
 */
export const INTEGRATION_KINDS = ['configured', 'external'] as const;
export type IntegrationKind = (typeof INTEGRATION_KINDS)[number];
