import { MAX_AMO_LINKS } from '#application/clients/index.js';
import { DateTimeField, EnumField, IntField, ListField } from '../shared/fields.js';
import { AMO_PATHS, type AmoPath } from './amo-party.pipes.js';

export class AmoLinkResponse {
  @EnumField(Object.values(AMO_PATHS), { description: 'A person is a contact in amoCRM, a company is a company' })
  entity: AmoPath;

  @IntField({ min: 1, max: Number.MAX_SAFE_INTEGER, description: 'Its id in amoCRM', example: 4711 })
  amoId: number;

  @DateTimeField()
  createdAt: string;
}

export class AmoLinkListResponse {
  @ListField(() => AmoLinkResponse, { max: MAX_AMO_LINKS })
  items: AmoLinkResponse[];
}
