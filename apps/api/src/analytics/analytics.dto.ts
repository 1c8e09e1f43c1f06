import { MAX_DAYS } from '#application/analytics/index.js';
import { IntField, ListField, NullableField, ObjectField, TextField, UuidField } from '../shared/fields.js';

const DAY = { max: 10, pattern: /^\d{4}-\d\d-\d\d$/, example: '2026-11-21' };
const MAX_COUNT = 2_147_483_647;

export class SummaryRequest {
  @TextField({ ...DAY, description: "First day, in the workspace's time zone" })
  from: string;

  @TextField({ ...DAY, description: `Last day, included; at most ${MAX_DAYS} days in all` })
  to: string;
}

export class CountsResponse {
  @IntField({ min: 0, max: MAX_COUNT })
  newClients: number;

  @IntField({ min: 0, max: MAX_COUNT, description: 'Removed ones left out' })
  comments: number;
}

export class DayResponse extends CountsResponse {
  @TextField(DAY)
  day: string;
}

export class ManagerResponse extends CountsResponse {
  @NullableField()
  @UuidField({ description: 'Null for people known to amoCRM only, programs, and the product itself' })
  managerId: string | null;

  @NullableField()
  @TextField({ max: 200 })
  managerName: string | null;
}

export class SummaryResponse {
  @TextField(DAY)
  from: string;

  @TextField(DAY)
  to: string;

  @TextField({
    max: 100,
    description: 'In which the days begin. After a change of zone the former one, until all is added up in the new one',
    example: 'Europe/Moscow',
  })
  timeZone: string;

  @ObjectField(() => CountsResponse)
  total: CountsResponse;

  @ListField(() => DayResponse, { max: MAX_DAYS, description: 'Every day of the period, in order' })
  perDay: DayResponse[];

  @ListField(() => ManagerResponse, { max: 100_000, description: 'The busiest first' })
  perManager: ManagerResponse[];
}
