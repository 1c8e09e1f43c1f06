import type { DictionaryEntryId, UserId } from '#domain/shared/ids.js';
import type { CreateClientCommand } from '#application/clients/index.js';
import type { CreateClientRequest, UpdateClientRequest } from './clients.dto.js';

type TypedCard = CreateClientCommand['card'];

/** A card as the application takes it. */
export const typedCard = (body: CreateClientRequest | UpdateClientRequest): TypedCard => ({
  ...body,
  sourceId: (body.sourceId && body.sourceId.toLowerCase()) as DictionaryEntryId | null | undefined,
  names: body.names && { ...body.names },
  responsibleId: body.responsibleId as UserId | null | undefined,
});
