import {
  CONNECTION_STATES,
  type ConnectionState,
  MAX_ACCOUNT_REQUESTS_PER_SECOND,
  MAX_REQUESTS_PER_SECOND,
  GRANT_KINDS,
  GRANT_STATES,
  type GrantKind,
  GRANT_INTEGRATIONS,
  type GrantIntegration,
  type GrantView,
  INTEGRATION_KINDS,
  type IntegrationKind,
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

const NEXT_STEPS = ['connect', 'await_secrets', 'reconnect', 'ask_support', 'pay_subscription'] as const;

export class StartConnectionRequest {
  @OptionalField()
  @EnumField(INTEGRATION_KINDS, {
    description:
      '`configured` by default: the server’s integration. `external`: amoCRM makes one when a site’s button is pressed',
  })
  kind?: IntegrationKind;

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
  @OptionalField()
  @TextField({
    max: 2_000,
    description:
      'Kind `configured`: consent page of amoCRM; open it in the browser of an account administrator within 20 minutes',
  })
  authorizeUrl?: string;

  @OptionalField()
  @TextField({ max: 200, description: 'Kind `external`, as all that follows: `data-state` of the button' })
  state?: string;

  @OptionalField()
  @TextField({ max: 2_000, description: '`data-secrets_uri`' })
  secretsUri?: string;

  @OptionalField()
  @TextField({ max: 2_000, description: '`data-redirect_uri`' })
  redirectUri?: string;

  @OptionalField()
  @ListField(() => String, { max: 10, itemMax: 50, description: '`data-scopes`, with commas between' })
  scopes?: readonly string[];

  @OptionalField()
  @DateTimeField({ description: 'Until then the button is good' })
  expiresAt?: string;
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

  @EnumField(GRANT_INTEGRATIONS, {
    description: '`other`: a long-lived token of an integration whose secret this server does not know',
  })
  integration: GrantIntegration;

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
