/** How many codes a person gets. */
export const RECOVERY_CODES = 10;

// Crockford's base32: no i, l, o and u, which are misread.
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 16;

/** A code of 80 bits, `abcd-efgh-jkmn-pqrs`, from the first of at least 80 random bits in hex. */
export const recoveryCodeOf = (randomHex: string): string => {
  const bits = [...randomHex.slice(0, 20)].map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0'));
  const letters = bits.join('').match(/.{5}/g) ?? [];
  const text = letters.map((five) => ALPHABET[Number.parseInt(five, 2)]).join('');
  if (text.length !== LENGTH) throw new Error('A recovery code needs 80 random bits');
  return text.match(/.{4}/g)?.join('-') ?? text;
};

/** What is hashed of a code that a person typed: however he wrote it, and of no use to anybody else. */
export const recoveryCodeKey = (userId: string, typed: string): string => {
  const code = typed.normalize('NFKC').toLowerCase().replace(/[\s-]/g, '').replace(/o/g, '0').replace(/[il]/g, '1');
  return `recovery\n${userId}\n${code}`;
};
