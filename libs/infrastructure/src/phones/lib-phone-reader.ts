import { Injectable } from '@nestjs/common';
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';
import { digitsOf } from '#domain/clients/client-texts.js';
import { numberIn, type ReadPhone, splitPhones } from '#domain/clients/phone-text.js';
import type { PhoneReader } from '#application/clients/ports/phone-reader.js';

/** Longer ones are no numbers, and reading them costs. */
const MAX_PIECE = 80;

/** Phone numbers by the metadata of libphonenumber. */
@Injectable()
export class LibPhoneReader implements PhoneReader {
  read(text: string, region: string): readonly ReadPhone[] {
    return splitPhones(text).map((piece) => this.readOne(piece, region as CountryCode));
  }

  knows(region: string): boolean {
    return isSupportedCountry(region);
  }

  private readOne(piece: string, region: CountryCode): ReadPhone {
    const unread = { value: piece, e164: null, extension: null };
    if (piece.length > MAX_PIECE) return unread;
    const { text, extension } = withoutExtension(numberIn(piece.normalize('NFKC')));
    const phone = parsePhoneNumberFromString(inFull(text, region), { defaultCountry: region, extract: false });
    if (!phone?.isPossible()) return unread;
    return { value: piece, e164: phone.number, extension: extension ?? phone.ext ?? null };
  }
}

const EXTENSION = /\s*(?:доб(?:авочный)?|ext|вн(?:утр)?|#|x|;ext=)[.:\s]*(\d{1,7})\s*$/iu;

const withoutExtension = (text: string): { text: string; extension: string | null } => {
  const extension = EXTENSION.exec(text)?.[1] ?? null;
  return { text: extension === null ? text : text.replace(EXTENSION, ''), extension };
};

/**
 * What people leave out or mix up in Russia: "8 916…" and "7 916…" without a plus, "+8 916…". A number of another country
 * may have eleven digits and begin with an 8, too: +852 5123 4567 is in Hong Kong.
 */
const inFull = (text: string, region: CountryCode): string => {
  const digits = digitsOf(text);
  const isNational = region === 'RU' || region === 'KZ';
  if (/^\s*\+8\d/.test(text) && parsePhoneNumberFromString(text)?.isPossible()) return text;
  return isNational && digits.length === 11 && /^[78]/.test(digits) ? `+7${digits.slice(1)}` : text;
};
