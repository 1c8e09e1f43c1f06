import { readFileSync } from 'node:fs';

/** The variables of a process, `process.env` in production. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Collects the faults of a bad environment so that the operator sees all of them at once. */
export class SettingFaults {
  readonly #faults: string[] = [];

  add(name: string, problem: string): void {
    this.#faults.push(`${name}: ${problem}`);
  }

  /** @throws SettingsError with one line per fault, each naming its setting */
  throwIfAny(): void {
    if (this.#faults.length > 0) throw new SettingsError(this.#faults);
  }
}

/** The environment is not fit to start with. The message is for the operator and holds no values of secrets. */
export class SettingsError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'SettingsError';
  }
}

/** Reads typed settings; `NAME_FILE` names a file that holds the value (Docker secrets). */
export class SettingsReader {
  constructor(
    private readonly env: Environment,
    private readonly faults: SettingFaults,
  ) {}

  /** A text; empty counts as not set. */
  text(name: string): string | undefined {
    const file = this.env[`${name}_FILE`];
    if (file) return this.fromFile(name, file);
    const value = this.env[name]?.trim();
    return value === '' ? undefined : value;
  }

  integer(name: string, fallback: number, { min, max }: { min: number; max: number }): number {
    const text = this.text(name);
    if (text === undefined) return fallback;
    const value = Number(text);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    this.faults.add(name, `must be a whole number from ${min} to ${max}`);
    return fallback;
  }

  oneOf<T extends string>(name: string, fallback: T, values: readonly T[]): T {
    const text = this.text(name);
    if (text === undefined) return fallback;
    const value = values.find((candidate) => candidate === text);
    if (value !== undefined) return value;
    this.faults.add(name, `must be one of ${values.join(', ')}`);
    return fallback;
  }

  /** An absolute URL with one of `protocols` (written with the colon), without a trailing slash. */
  url(name: string, protocols: readonly string[]): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text.replace(/\/+$/, '');
    this.faults.add(name, `must be an address that starts with ${protocols.map((p) => `${p}//`).join(' or ')}`);
    return undefined;
  }

  /** Absolute URLs between commas; empty when not set. */
  urls(name: string, protocols: readonly string[]): readonly string[] {
    const parts = (this.text(name) ?? '').split(',').flatMap((part) => part.trim() || []);
    const fits = (part: string) => URL.canParse(part) && protocols.includes(new URL(part).protocol);
    if (parts.every(fits)) return parts;
    this.faults.add(
      name,
      `must be addresses that start with ${protocols.map((p) => `${p}//`).join(' or ')}, between commas`,
    );
    return [];
  }

  private fromFile(name: string, file: string): string | undefined {
    try {
      return readFileSync(file, 'utf8').trim() || undefined;
    } catch (error) {
      this.faults.add(`${name}_FILE`, `cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}`);
      return undefined;
    }
  }
}
