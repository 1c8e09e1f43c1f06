import type { Settings } from '../settings.js';
import type { AccountState } from '../state/account.js';

/** The codes of amoCRM's field errors. */
export type FaultCode =
  'NotSupportedChoice' | 'FieldNotExpected' | 'InvalidType' | 'FieldMissing' | 'NotBlank' | 'TooLong' | 'TooMany';

const DETAILS: Readonly<Record<FaultCode, string>> = {
  NotSupportedChoice: 'The value you selected is not a valid choice.',
  FieldNotExpected: 'This field was not expected.',
  InvalidType: 'This value is of a wrong type.',
  FieldMissing: 'This field is missing.',
  NotBlank: 'This value should not be blank.',
  TooLong: 'This value is too long.',
  TooMany: 'This collection contains too many elements.',
};

export interface FieldFault {
  readonly code: FaultCode;
  readonly path: string;
  readonly detail: string;
}

/** Thrown by a rule for one value; without a fault of its own when those inside it are collected already. */
class Refused extends Error {
  constructor(readonly fault: FieldFault | null) {
    super(fault?.code);
  }
}

/** Where a value stands in the request and what it is checked against. */
export class Place {
  constructor(
    readonly account: AccountState,
    readonly settings: Readonly<Settings>,
    readonly path: string,
    readonly faults: FieldFault[],
  ) {}

  at(key: string | number): Place {
    return new Place(this.account, this.settings, this.path === '' ? String(key) : `${this.path}.${key}`, this.faults);
  }

  /** Refuse the value at this place. */
  fail(code: FaultCode, detail = DETAILS[code]): never {
    throw new Refused({ code, path: this.path, detail });
  }

  /** Run a check of parts; ends in refusal of the whole when any part was refused. */
  whole(check: () => void): void {
    const known = this.faults.length;
    check();
    if (this.faults.length > known) throw new Refused(null);
  }

  /** Run a rule and collect its fault instead of ending the whole check. */
  collect<T>(check: () => T): T | undefined {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.fault) this.faults.push(error.fault);
      return undefined;
    }
  }
}

/** A rule checks a value and returns it parsed, or refuses it through the place. */
export type Rule<T> = (value: unknown, place: Place) => T;
export type RuleOutput<R> = R extends Rule<infer T> ? T : never;

const wrongType = (place: Place, type: string): never =>
  place.fail('InvalidType', `This value should be of type ${type}.`);

export const anInt: Rule<number> = (value, place) =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : wrongType(place, 'int');

export const aNumber: Rule<number> = (value, place) =>
  typeof value === 'number' && Number.isFinite(value) ? value : wrongType(place, 'numeric');

export const aBool: Rule<boolean> = (value, place) => (typeof value === 'boolean' ? value : wrongType(place, 'bool'));

/** Seconds since 1970; amoCRM takes no others. */
export const aTime: Rule<number> = (value, place) => {
  const seconds = anInt(value, place);
  return seconds >= 0 && seconds < 4_294_967_296 ? seconds : wrongType(place, 'timestamp');
};

export const anObject: Rule<Readonly<Record<string, unknown>>> = (value, place) =>
  isObject(value) ? value : wrongType(place, 'object');

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A string of at most `max` characters. */
export function text(max: number, { blank = true } = {}): Rule<string> {
  return (value, place) => {
    if (typeof value !== 'string') return wrongType(place, 'string');
    if (!blank && value.trim() === '') return place.fail('NotBlank');
    if ([...value].length > max) {
      return place.fail('TooLong', `This value is too long. It should have ${max} characters or less.`);
    }
    return value;
  };
}

/** A request id: any string, or an int as some clients send. amoCRM echoes it as a string. */
export const aRequestId: Rule<string> = (value, place) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : wrongType(place, 'string');

export function nullable<T>(rule: Rule<T>): Rule<T | null> {
  return (value, place) => (value === null ? null : rule(value, place));
}

export function oneOf<const T extends string | number>(choices: readonly T[]): Rule<T> {
  return (value, place) => choices.find((choice) => choice === value) ?? place.fail('NotSupportedChoice');
}

/** Keep the value only when `accepts` it; refused values are not a valid choice. */
export function chosen<T>(rule: Rule<T>, accepts: (value: T, account: AccountState) => boolean): Rule<T> {
  return (value, place) => {
    const parsed = rule(value, place);
    return accepts(parsed, place.account) ? parsed : place.fail('NotSupportedChoice');
  };
}

export function listOf<T>(rule: Rule<T>, { max = 250 } = {}): Rule<T[]> {
  return (value, place) => {
    if (!Array.isArray(value)) return wrongType(place, 'array');
    if (value.length > max) {
      return place.fail('TooMany', `This collection should contain ${max} elements or less.`);
    }
    const parsed: T[] = [];
    place.whole(() =>
      value.forEach((item, index) => {
        const inside = place.at(index);
        inside.collect(() => void parsed.push(rule(item, inside)));
      }),
    );
    return parsed;
  };
}

type Fields = Readonly<Record<string, Rule<unknown>>>;
export type ShapeOutput<F extends Fields, R extends keyof F> = { [K in Exclude<keyof F, R>]?: RuleOutput<F[K]> } & {
  [K in R]: RuleOutput<F[K]>;
};

/** An object with these fields and no others; absent fields stay absent. */
export function shape<F extends Fields, R extends keyof F & string = never>(
  fields: F,
  required: readonly R[] = [],
): Rule<ShapeOutput<F, R>> {
  return (value, place) => {
    const source = anObject(value, place);
    const parsed: Record<string, unknown> = {};
    place.whole(() => {
      for (const [key, given] of Object.entries(source)) {
        const inside = place.at(key);
        const rule = Object.hasOwn(fields, key) ? fields[key] : undefined;
        inside.collect(() => {
          parsed[key] = rule ? rule(given, inside) : inside.fail('FieldNotExpected');
        });
      }
      for (const key of required) {
        const inside = place.at(key);
        if (!Object.hasOwn(source, key)) inside.collect(() => inside.fail('FieldMissing'));
      }
    });
    return parsed as ShapeOutput<F, R>;
  };
}

/** Check and complete what a rule has parsed, with knowledge of more than one field. */
export function refined<A, B>(rule: Rule<A>, finish: (value: A, place: Place) => B): Rule<B> {
  return (value, place) => finish(rule(value, place), place);
}
