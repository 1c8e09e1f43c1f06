import {
  DEFAULT_KEY_BURST,
  DEFAULT_KEY_RATE,
  DEFAULT_OVERLAP_HOURS,
  KEY_SCOPES,
  MAX_KEY_BURST,
  MAX_KEY_RANGES,
  MAX_KEY_RATE,
  MAX_OVERLAP_HOURS,
  type Permission,
  PERMISSIONS,
} from '#application/identity/index.js';
import {
  BoolField,
  DateTimeField,
  IntField,
  ListField,
  NullableField,
  OptionalField,
  TextField,
  UuidField,
} from '../shared/fields.js';

const MAX_VERSION = 2_147_483_647;
const NAME = { max: 120, example: 'Online shop' };
const SCOPES = {
  min: 1,
  max: 100,
  values: KEY_SCOPES,
  description: 'Permissions of the key; none that its maker lacks, none to manage keys or roles',
};
const EXPIRY = { description: 'The key is refused from then on; null = never' };
const ADDRESSES = {
  max: MAX_KEY_RANGES,
  itemMax: 64,
  description: 'Addresses and ranges (CIDR, IPv4 and IPv6) that requests may come from; empty = from anywhere',
  example: ['203.0.113.7', '2001:db8::/32'],
};
const RATE = { min: 1, max: MAX_KEY_RATE, description: `Requests a second; ${DEFAULT_KEY_RATE} unless given` };
const BURST = {
  min: 1,
  max: MAX_KEY_BURST,
  description: `Requests that may come at once after a pause; ${DEFAULT_KEY_BURST} unless given`,
};

export class CreateApiKeyRequest {
  @TextField(NAME)
  name: string;

  @ListField(() => String, SCOPES)
  scopes: Permission[];

  @OptionalField()
  @NullableField()
  @DateTimeField(EXPIRY)
  expiresAt?: string | null;

  @OptionalField()
  @ListField(() => String, ADDRESSES)
  allowedAddresses?: string[];

  @OptionalField()
  @IntField(RATE)
  requestsPerSecond?: number;

  @OptionalField()
  @IntField(BURST)
  burst?: number;
}

export class UpdateApiKeyRequest {
  @OptionalField()
  @TextField(NAME)
  name?: string;

  @OptionalField()
  @ListField(() => String, SCOPES)
  scopes?: Permission[];

  @OptionalField()
  @NullableField()
  @DateTimeField(EXPIRY)
  expiresAt?: string | null;

  @OptionalField()
  @ListField(() => String, ADDRESSES)
  allowedAddresses?: string[];

  @OptionalField()
  @IntField(RATE)
  requestsPerSecond?: number;

  @OptionalField()
  @IntField(BURST)
  burst?: number;
}

export class RotateApiKeyRequest {
  @OptionalField()
  @IntField({
    min: 0,
    max: MAX_OVERLAP_HOURS,
    description: `For so many hours the keys before are still taken; ${DEFAULT_OVERLAP_HOURS} unless given, 0 = not at all`,
  })
  overlapHours?: number;
}

export class ApiKeyResponse {
  @UuidField()
  id: string;

  @TextField(NAME)
  name: string;

  @TextField({ max: 30, description: 'How the key begins, to recognise it by' })
  prefix: string;

  @ListField(() => String, { max: 100, values: PERMISSIONS })
  scopes: string[];

  @NullableField()
  @DateTimeField(EXPIRY)
  expiresAt: Date | null;

  @ListField(() => String, ADDRESSES)
  allowedAddresses: string[];

  @IntField(RATE)
  requestsPerSecond: number;

  @IntField(BURST)
  burst: number;

  @BoolField({ description: 'False: refused until it is activated again' })
  isActive: boolean;

  @NullableField()
  @DateTimeField({ description: 'Until when keys from before the last rotation are still taken' })
  overlapEndsAt: Date | null;

  @NullableField()
  @UuidField({ description: 'The user who made it' })
  createdBy: string | null;

  @DateTimeField()
  createdAt: Date;

  @NullableField()
  @DateTimeField({ description: 'To the minute' })
  lastUsedAt: Date | null;

  @NullableField()
  @TextField({ max: 64 })
  lastUsedAddress: string | null;

  @IntField({ min: 1, max: MAX_VERSION, description: 'Also the `ETag`' })
  version: number;
}

export class NewApiKeyResponse extends ApiKeyResponse {
  @TextField({ max: 100, description: 'For the header `X-Api-Key`. Shown this once' })
  key: string;
}

export class ApiKeyListResponse {
  @ListField(() => ApiKeyResponse, { max: 200 })
  items: ApiKeyResponse[];

  @NullableField()
  @TextField({ max: 500 })
  nextCursor: string | null;
}
