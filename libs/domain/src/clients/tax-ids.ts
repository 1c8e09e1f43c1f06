/** What is odd about a number of a registry; it is stored anyway, for the paper may be older than the rule. */
export type TaxIdFault = 'not_digits' | 'length' | 'checksum' | 'format';

const weighted = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0);

const control = (digits: string, weights: readonly number[]): number => (weighted(digits, weights) % 11) % 10;

const INN_10 = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const INN_12_FIRST = [7, ...INN_10];
const INN_12_SECOND = [3, ...INN_12_FIRST];

const isDigits = (text: string): boolean => /^\d+$/.test(text);

/** The control digits of an INN without them: nine digits give one, ten give two. */
export const innControl = (digits: string): string => {
  if (digits.length === 9) return String(control(digits, INN_10));
  const first = control(digits, INN_12_FIRST);
  return `${first}${control(`${digits}${first}`, INN_12_SECOND)}`;
};

/** The control digit of an OGRN (twelve digits before it) or an OGRNIP (fourteen). */
export const ogrnControl = (digits: string): string =>
  String(Number(BigInt(digits) % (digits.length === 12 ? 11n : 13n)) % 10);

/** INN: 10 digits of a company, 12 of a person, the last one or two of them control digits. Null when nothing is odd. */
export const innFault = (inn: string): TaxIdFault | null => {
  if (!isDigits(inn)) return 'not_digits';
  if (inn.length !== 10 && inn.length !== 12) return 'length';
  const body = inn.length === 10 ? 9 : 10;
  return inn.endsWith(innControl(inn.slice(0, body))) ? null : 'checksum';
};

/** KPP: four digits, two digits or capital Latin letters, three digits. It has no control digit. */
export const kppFault = (kpp: string): TaxIdFault | null => {
  if (kpp.length !== 9) return 'length';
  return /^\d{4}[\dA-Z]{2}\d{3}$/.test(kpp) ? null : 'format';
};

/** OGRN: 13 digits of a company; OGRNIP: 15 of an entrepreneur; the last one a control digit. */
export const ogrnFault = (ogrn: string): TaxIdFault | null => {
  if (!isDigits(ogrn)) return 'not_digits';
  if (ogrn.length !== 13 && ogrn.length !== 15) return 'length';
  return ogrn.endsWith(ogrnControl(ogrn.slice(0, -1))) ? null : 'checksum';
};
