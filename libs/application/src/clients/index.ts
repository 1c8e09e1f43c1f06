// What other contexts and the edges may use of the clients context.
export type { ClientId } from '#domain/shared/ids.js';
export { clientsErrors } from '#domain/clients/clients.errors.js';
