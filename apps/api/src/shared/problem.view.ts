import { IntField, ListField, MapField, OptionalField, TextField } from './fields.js';

/** One fault of an input. */
export class FieldIssueView {
  @TextField({ max: 500, description: 'Dot path from the root of the body', example: 'options.target.stageId' })
  path: string;

  @TextField({ max: 100, example: 'unknown_stage' })
  code: string;

  @TextField({ max: 1000 })
  message: string;
}

/** RFC 9457 problem details. */
export class ProblemView {
  @TextField({ max: 200 })
  type: string;

  @TextField({ max: 200 })
  title: string;

  @IntField({ min: 400, max: 599 })
  status: number;

  @OptionalField()
  @TextField({ max: 2000 })
  detail?: string;

  @TextField({ max: 500, description: 'Pattern of the route' })
  instance: string;

  /** The API document lists them all. */
  @TextField({ max: 100, description: 'Stable code; switch on it, never on texts' })
  code: string;

  @TextField({ max: 100, description: 'Quote it when you ask for help' })
  requestId: string;

  @OptionalField()
  @ListField(() => FieldIssueView, { max: 10_000 })
  errors?: FieldIssueView[];

  @OptionalField()
  @MapField()
  details?: Record<string, unknown>;
}
