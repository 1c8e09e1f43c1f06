import { ACTOR_KINDS } from '#application/shared/context/request-context.js';
import {
  DateTimeField,
  EnumField,
  IntField,
  ListField,
  MapField,
  NullableField,
  OptionalField,
  TextField,
  UuidField,
} from '../shared/fields.js';

const MAX_PAGE = 200;

/** Which lines; all given parts must hold. */
export class AuditFilterRequest {
  @OptionalField()
  @TextField({ max: 100, example: 'identity.session' })
  entityType?: string;

  @OptionalField()
  @TextField({ max: 200 })
  entityId?: string;

  @OptionalField()
  @TextField({
    max: 100,
    description: 'Id of whoever acted: a user or an API key of ours, or the number of an amoCRM user',
  })
  actorId?: string;

  @OptionalField()
  @EnumField(ACTOR_KINDS)
  actorKind?: string;

  @OptionalField()
  @TextField({ max: 100, description: 'Name of the command', example: 'Login' })
  command?: string;

  @OptionalField()
  @DateTimeField({ description: 'From this instant on' })
  from?: string;

  @OptionalField()
  @DateTimeField({ description: 'Before this instant' })
  to?: string;
}

export class AuditListRequest extends AuditFilterRequest {
  @OptionalField()
  @IntField({ min: 1, max: MAX_PAGE, fromText: true, description: 'Lines per page; 50 unless given' })
  limit?: number;

  @OptionalField()
  @TextField({ max: 500, description: '`nextCursor` of the page before' })
  cursor?: string;
}

export class AuditExportRequest extends AuditFilterRequest {
  @OptionalField()
  @EnumField(['csv', 'ndjson'], { description: '`csv` unless given; `ndjson`: a JSON object a line' })
  format?: 'csv' | 'ndjson';
}

export class AuditLineResponse {
  @UuidField()
  id: string;

  @DateTimeField()
  at: Date;

  @TextField({ max: 100, example: 'Login' })
  command: string;

  @TextField({
    max: 20,
    description: 'user, key (an API key), widget (a person known to amoCRM only), system, hook or anonymous',
  })
  actorKind: string;

  @NullableField()
  @TextField({ max: 100 })
  actorId: string | null;

  @NullableField()
  @TextField({ max: 300, description: 'Name at amoCRM of people known to amoCRM only, and of API keys' })
  actorName: string | null;

  @TextField({ max: 100, example: 'identity.session' })
  entityType: string;

  @TextField({ max: 200 })
  entityId: string;

  @NullableField()
  @MapField({ description: 'Changed fields as they were' })
  before: Record<string, unknown> | null;

  @NullableField()
  @MapField({ description: 'Changed fields as they are' })
  after: Record<string, unknown> | null;

  @TextField({ max: 100, description: 'Joins what one request has caused' })
  correlationId: string;
}

export class AuditPageResponse {
  @ListField(() => AuditLineResponse, { max: MAX_PAGE })
  items: AuditLineResponse[];

  @NullableField()
  @TextField({ max: 500, description: 'Start of the next page; null on the last one' })
  nextCursor: string | null;
}
