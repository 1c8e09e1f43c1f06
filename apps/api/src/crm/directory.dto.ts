import type { StageKind } from '#application/crm/index.js';
import {
  BoolField,
  DateTimeField,
  EnumField,
  IntField,
  ListField,
  NullableField,
  ObjectField,
  TextField,
} from '../shared/fields.js';

const MAX_ID = Number.MAX_SAFE_INTEGER;
const MANY = 100_000;
const STAGE_KINDS = ['working', 'unsorted', 'won', 'lost'] as const;

export class NamedResponse {
  @IntField({ min: 0, max: MAX_ID })
  id: number;

  @TextField({ min: 0, max: 1_000 })
  name: string;
}

export class StageResponse extends NamedResponse {
  @EnumField(STAGE_KINDS, { description: '`unsorted` takes no deals by API; `won` and `lost` close them' })
  kind: StageKind;
}

export class PipelineResponse extends NamedResponse {
  @BoolField()
  isMain: boolean;

  @BoolField()
  isArchived: boolean;

  @ListField(() => StageResponse, { max: MANY, description: 'In the order of the board' })
  stages: StageResponse[];
}

export class AmoUserResponse extends NamedResponse {
  @TextField({ min: 0, max: 254 })
  email: string;

  @BoolField()
  isActive: boolean;

  @BoolField()
  isAdmin: boolean;
}

export class ChoiceResponse {
  @IntField({ min: 0, max: MAX_ID })
  id: number;

  @TextField({ min: 0, max: 1_000 })
  value: string;
}

export class CustomFieldResponse extends NamedResponse {
  @TextField({ max: 100, description: "amoCRM's name of the type", example: 'multiselect' })
  type: string;

  @NullableField()
  @TextField({ min: 0, max: 200 })
  code: string | null;

  @BoolField({ description: 'amoCRM computes it; it cannot be set' })
  isComputed: boolean;

  @BoolField({ description: 'Only integrations may set it' })
  isApiOnly: boolean;

  @ListField(() => ChoiceResponse, { max: MANY, description: 'Choices of select-like fields' })
  choices: ChoiceResponse[];
}

export class CatalogResponse extends NamedResponse {
  @TextField({ max: 100 })
  type: string;
}

export class AmoAccountResponse extends NamedResponse {
  @TextField({ max: 100 })
  subdomain: string;

  @TextField({ max: 100, example: 'Europe/Moscow' })
  timeZone: string;

  @BoolField({ description: 'The account has paid for filters on lists; without them copying takes more requests' })
  filtersEnabled: boolean;
}

export class DirectoryResponse {
  @ObjectField(() => AmoAccountResponse)
  account: AmoAccountResponse;

  @ListField(() => PipelineResponse, { max: MANY })
  pipelines: PipelineResponse[];

  @ListField(() => AmoUserResponse, { max: MANY })
  users: AmoUserResponse[];

  @ListField(() => CustomFieldResponse, { max: MANY })
  leadFields: CustomFieldResponse[];

  @ListField(() => NamedResponse, { max: MANY })
  taskTypes: NamedResponse[];

  @ListField(() => CatalogResponse, { max: MANY })
  catalogs: CatalogResponse[];

  @ListField(() => NamedResponse, { max: MANY })
  lossReasons: NamedResponse[];

  @IntField({ min: 1, max: MAX_ID, description: 'The deal field that marks copies' })
  markerFieldId: number;

  @DateTimeField({ description: 'When it was read from amoCRM' })
  fetchedAt: string;
}

export class DirectoryRefreshedResponse {
  @DateTimeField()
  fetchedAt: string;
}
