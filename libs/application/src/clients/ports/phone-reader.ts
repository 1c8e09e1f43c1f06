import type { ReadPhone } from '#domain/clients/phone-text.js';

/** Reads phone numbers as people write them. */
export interface PhoneReader {
  /**
   * The numbers in a text, as written and in E.164.
   * @param region  two-letter country of numbers without a country code
   * @returns       at least one; one that cannot be read has `e164: null`
   */
  read(text: string, region: string): readonly ReadPhone[];
  /** Whether `region` is a country whose numbers can be read. */
  knows(region: string): boolean;
}
export const PHONE_READER = Symbol('PhoneReader');
