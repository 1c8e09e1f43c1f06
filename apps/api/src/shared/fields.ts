import { applyDecorators, type Type as Class } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsISO8601,
  IsNumber,
  IsObject,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

/** What a field means, for the API document. Units belong here. */
interface Described {
  readonly description?: string;
  readonly example?: unknown;
}

// Query strings carry text only; anything but a plain number stays as it is and is refused by the validator.
const numberFromText = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && /^-?\d{1,15}(\.\d{1,6})?$/.test(value) ? Number(value) : value;

/** A whole number from `min` to `max`. `fromText` for query parameters. */
export const IntField = ({
  min,
  max,
  fromText,
  ...doc
}: { min: number; max: number; fromText?: boolean } & Described): PropertyDecorator =>
  applyDecorators(
    ...(fromText ? [Transform(numberFromText)] : []),
    IsInt(),
    Min(min),
    Max(max),
    ApiProperty({ type: 'integer', minimum: min, maximum: max, ...doc }),
  );

/** A finite number from `min` to `max`. */
export const NumberField = ({ min, max, ...doc }: { min: number; max: number } & Described): PropertyDecorator =>
  applyDecorators(
    IsNumber({ allowNaN: false, allowInfinity: false }),
    Min(min),
    Max(max),
    ApiProperty({ type: 'number', minimum: min, maximum: max, ...doc }),
  );

/** Neither NUL nor half of a character: Postgres stores neither in JSON. */
const STORABLE = /^[^\0\p{Cs}]*$/u;

/** A text of `min` to `max` UTF-16 units; well-formed, without NUL, which Postgres cannot store. */
export const TextField = ({
  min = 1,
  max,
  pattern,
  ...doc
}: { min?: number; max: number; pattern?: RegExp } & Described): PropertyDecorator =>
  applyDecorators(
    IsString(),
    MinLength(min),
    MaxLength(max),
    Matches(STORABLE, { message: '$property must be well-formed, without NUL' }),
    ...(pattern ? [Matches(pattern)] : []),
    ApiProperty({
      type: 'string',
      minLength: min,
      maxLength: max,
      ...(pattern && { pattern: pattern.source }),
      ...doc,
    }),
  );

/** True or false; the texts 'true' and 'false' too with `fromText`. */
export const BoolField = ({ fromText, ...doc }: { fromText?: boolean } & Described = {}): PropertyDecorator =>
  applyDecorators(
    ...(fromText
      ? [Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : (value as unknown)))]
      : []),
    IsBoolean(),
    ApiProperty({ type: 'boolean', ...doc }),
  );

/** One of the given texts. */
export const EnumField = <T extends string>(values: readonly T[], doc: Described = {}): PropertyDecorator =>
  applyDecorators(IsString(), IsIn([...values]), ApiProperty({ type: 'string', enum: [...values], ...doc }));

export const UuidField = (doc: Described = {}): PropertyDecorator =>
  applyDecorators(IsUUID(), ApiProperty({ type: 'string', format: 'uuid', ...doc }));

/** An instant as ISO 8601 with a zone. */
export const DateTimeField = (doc: Described = {}): PropertyDecorator =>
  applyDecorators(
    IsISO8601({ strict: true, strictSeparator: true }),
    Matches(/(Z|[+-]\d\d:\d\d)$/, { message: '$property must carry a time zone' }),
    ApiProperty({ type: 'string', format: 'date-time', ...doc }),
  );

/** Marks a field without a type for the API document, see `document.ts`. */
export const ANY_JSON = 'x-any-json';

/** Any JSON value; whoever takes it checks it further. */
export const AnyField = (doc: Described = {}): PropertyDecorator =>
  applyDecorators(
    ValidateIf((_, value) => value !== undefined),
    IsDefined(),
    ApiProperty({ type: 'object', [ANY_JSON]: true, ...doc } as never),
  );

/** @nestjs/swagger knows a function that answers a class from a class by its name, which must be `type`. */
const lazily = (classOf: () => Class<object>) => {
  const type = () => classOf();
  return type;
};

/** A nested object of a class: present, an object, no array, checked to the bottom. */
export const ObjectField = (type: () => Class<object>, doc: Described = {}): PropertyDecorator =>
  applyDecorators(
    IsDefined(),
    IsObject(),
    ValidateNested(),
    Type(type),
    ApiProperty({ type: lazily(type), ...(doc.description && { description: doc.description }) }),
  );

/** A map from text to any JSON value. */
export const MapField = (doc: Described = {}): PropertyDecorator =>
  applyDecorators(IsDefined(), IsObject(), ApiProperty({ type: 'object', additionalProperties: true, ...doc }));

type ListItem = StringConstructor | NumberConstructor | Class<object>;
interface ListBounds extends Described {
  readonly min?: number;
  readonly max: number;
  /** For texts: the longest allowed item; for numbers: the largest. */
  readonly itemMax?: number;
  readonly itemMin?: number;
  /** For texts: the only allowed values. */
  readonly values?: readonly string[];
}

/** A list of `min` to `max` texts, whole numbers, or objects of a class. */
export const ListField = (type: () => ListItem, bounds: ListBounds): PropertyDecorator => {
  const { min = 0, max, itemMax, itemMin, values, ...doc } = bounds;
  return applyDecorators(
    IsArray(),
    ArrayMinSize(min),
    ArrayMaxSize(max),
    ...itemRules(type, bounds),
    ApiProperty({ ...itemDocument(type, bounds), isArray: true, minItems: min, maxItems: max, ...doc } as never),
  );
};

const itemRules = (type: () => ListItem, { itemMax, itemMin, values }: ListBounds): PropertyDecorator[] => {
  if (type() === String) {
    const length = [MaxLength(itemMax ?? 500, { each: true }), MinLength(itemMin ?? 1, { each: true })];
    const storable = Matches(STORABLE, {
      each: true,
      message: 'each text of $property must be well-formed, without NUL',
    });
    return [IsString({ each: true }), ...length, storable, ...(values ? [IsIn([...values], { each: true })] : [])];
  }
  if (type() === Number) {
    return [
      IsInt({ each: true }),
      Min(itemMin ?? 0, { each: true }),
      Max(itemMax ?? Number.MAX_SAFE_INTEGER, { each: true }),
    ];
  }
  return [IsObject({ each: true }), ValidateNested({ each: true }), Type(type as () => Class<object>)];
};

const itemDocument = (type: () => ListItem, { itemMax, itemMin, values }: ListBounds): object => {
  if (type() === String)
    return {
      type: 'string',
      ...(values ? { enum: values } : { items: { type: 'string', maxLength: itemMax ?? 500 } }),
    };
  if (type() === Number)
    return {
      type: 'integer',
      items: { type: 'integer', minimum: itemMin ?? 0, maximum: itemMax ?? Number.MAX_SAFE_INTEGER },
    };
  return { type: lazily(type as () => Class<object>) };
};

/** The field may be left out; null is not leaving out. Combine with one of the others. */
export const OptionalField = (): PropertyDecorator =>
  applyDecorators(
    ValidateIf((_, value) => value !== undefined),
    ApiProperty({ required: false }),
  );

/** The field may be null. Combine with one of the others. */
export const NullableField = (): PropertyDecorator =>
  applyDecorators(
    ValidateIf((_, value) => value !== null),
    ApiProperty({ nullable: true }),
  );
