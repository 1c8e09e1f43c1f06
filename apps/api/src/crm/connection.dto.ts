import {
  CONNECTION_STATES,
  type ConnectionState,
  MAX_ACCOUNT_REQUESTS_PER_SECOND,
  MAX_REQUESTS_PER_SECOND,
  GRANT_KINDS,
  GRANT_STATES,
  type GrantKind,
  type GrantView,
  type Platform,
  PLATFORMS,
} from '#application/crm/index.js';
import {
  DateTimeField,
  EnumField,
  IntField,
  ListField,
  NullableField,
  ObjectField,
  OptionalField,
  TextField,
} from '../shared/fields.js';

const NEXT_STEPS = ['connect', 'reconnect', 'ask_support', 'pay_subscription'] as const;

export class StartConnectionRequest {
  @OptionalField()
  @EnumField(PLATFORMS, { description: 'Where the account lives; by default where `account` does, else amoCRM' })
  platform?: Platform;

  @OptionalField()
  @TextField({
    min: 1,
    max: 500,
    example: 'example.amocrm.ru',
    description: 'The account that is meant. Needed when the widget is to be installed instead of the page opened',
  })
  account?: string;
}

export class ConnectionStartedResponse {
  @TextField({
    max: 2_000,
    description: 'Consent page of amoCRM; open it in the browser of an account administrator within 20 minutes',
  })
  authorizeUrl: string;
}

export class ConnectByCodeRequest {
  @TextField({
    min: 1,
    max: 4_000,
    description: 'Authorization code, from the settings of the integration; 20 minutes',
  })
  code: string;

  @TextField({ min: 1, max: 253, example: 'example.amocrm.ru', description: 'Host of the account' })
  referer: string;
}

export class ConnectByTokenRequest {
  @TextField({
    min: 1,
    max: 500,
    example: 'https://example.amocrm.ru',
    description: 'Address of the account, or its host',
  })
  baseUrl: string;

  @TextField({
    min: 1,
    max: 16_000,
    pattern: /^\s*[\x21-\x7e]+\s*$/,
    description: 'Long-lived token, from the settings of the integration; space around it does no harm',
  })
  token: string;
}

export class ConnectedAccountResponse {
  @IntField({ min: 1, max: Number.MAX_SAFE_INTEGER })
  id: number;

  @TextField({ max: 500 })
  name: string;

  @TextField({ max: 300, example: 'https://example.amocrm.ru' })
  url: string;

  @EnumField(PLATFORMS)
  platform: Platform;
}

export class NextStepResponse {
  @EnumField(NEXT_STEPS)
  code: string;

  @TextField({ max: 500, description: 'For a person, in the language of `Accept-Language`' })
  text: string;
}

const REQUESTS = {
  min: 1,
  max: MAX_REQUESTS_PER_SECOND,
  description: 'Requests a second of this integration in the account; amoCRM takes 7, more with a paid package',
};
const ACCOUNT_REQUESTS = {
  min: 1,
  max: MAX_ACCOUNT_REQUESTS_PER_SECOND,
  description: 'Requests a second of all integrations in the account; amoCRM takes 50, more with a paid package',
};

/** A limit that is left out stays; null = the server's setting. */
export class LimitConnectionRequest {
  @OptionalField()
  @NullableField()
  @IntField(REQUESTS)
  requestsPerSecond?: number | null;

  @OptionalField()
  @NullableField()
  @IntField(ACCOUNT_REQUESTS)
  accountRequestsPerSecond?: number | null;
}

export class ConnectionLimitsResponse {
  @IntField(REQUESTS)
  requestsPerSecond: number;

  @IntField(ACCOUNT_REQUESTS)
  accountRequestsPerSecond: number;
}

export class GrantResponse {
  @NullableField()
  @IntField({ min: 1, max: Number.MAX_SAFE_INTEGER, description: 'The amoCRM user who gave it, where its token says' })
  userId: number | null;

  @NullableField()
  @TextField({ max: 500, description: 'The name of that user, as the directory knows it' })
  userName: string | null;

  @EnumField(GRANT_KINDS)
  kind: GrantKind;

  @TextField({ max: 200, description: 'Id of the integration' })
  clientId: string;

  @DateTimeField()
  since: string;

  @EnumField(GRANT_STATES, { description: 'A spare takes over when the one in use is refused' })
  state: GrantView['state'];
}

export class ConnectionResponse {
  @EnumField(CONNECTION_STATES)
  state: ConnectionState;

  @NullableField()
  @DateTimeField({ description: 'Null when the workspace was never connected' })
  since: string | null;

  @NullableField()
  @TextField({ max: 1_000, description: 'What amoCRM said when the connection ceased to work' })
  reason: string | null;

  @NullableField()
  @ObjectField(() => ConnectedAccountResponse)
  account: ConnectedAccountResponse | null;

  @ObjectField(() => ConnectionLimitsResponse, {
    description: 'What is in force: the account’s own limits, else the server’s',
  })
  limits: ConnectionLimitsResponse;

  @ListField(() => GrantResponse, { max: 50, description: 'The one in use first, then the newest; no tokens' })
  grants: readonly GrantResponse[];

  @NullableField()
  @ObjectField(() => NextStepResponse, { description: 'What a person should do; null when all is well' })
  nextStep: NextStepResponse | null;
}
