/** A network address as a number, and of how many bits it is. */
interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** Addresses that agree in their first `prefix` bits. */
export interface AddressRange extends Address {
  readonly prefix: number;
}

/**
 * Read `203.0.113.7`, `10.0.0.0/8`, `2001:db8::/32` (RFC 4632, RFC 4291). An IPv4 address in IPv6 clothes
 * (`::ffff:10.0.0.1`) is the IPv4 address.
 *
 * @returns null for what is no range; that includes one with bits set behind its prefix, which is most likely a mistake
 */
export const parseAddressRange = (text: string): AddressRange | null => {
  const [host = '', length, ...rest] = text.split('/');
  const address = parseAddress(host);
  if (!address || rest.length > 0 || (length !== undefined && !/^(0|[1-9]\d{0,2})$/.test(length))) return null;
  const written = length === undefined ? (isMapped(host) ? 128 : address.bits) : Number(length);
  const prefix = isMapped(host) ? written - 96 : written;
  if (prefix < 0 || prefix > address.bits) return null;
  const behind = (1n << BigInt(address.bits - prefix)) - 1n;
  return (address.value & behind) === 0n ? { ...address, prefix } : null;
};

/** True when an address lies in one of the ranges; what is no address lies in none. */
export const isInRanges = (ip: string, ranges: readonly AddressRange[]): boolean => {
  const address = parseAddress(ip.split('%')[0] ?? '');
  if (!address) return false;
  return ranges.some(
    ({ bits, value, prefix }) =>
      bits === address.bits && value >> BigInt(bits - prefix) === address.value >> BigInt(bits - prefix),
  );
};

const MAPPED = 0xffffn << 32n;

const isMapped = (host: string): boolean => host.includes(':') && parseAddress(host)?.bits === 32;

const parseAddress = (text: string): Address | null => {
  if (!text.includes(':')) {
    const value = parseIpv4(text);
    return value === null ? null : { bits: 32, value };
  }
  const value = parseIpv6(text);
  if (value === null) return null;
  return value >> 32n === MAPPED >> 32n ? { bits: 32, value: value & 0xffffffffn } : { bits: 128, value };
};

const parseIpv4 = (text: string): bigint | null => {
  const parts = text.split('.');
  // No leading zeros: some read them as octal.
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) return null;
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
};

const parseIpv6 = (text: string): bigint | null => {
  const groups = toGroups(text);
  if (!groups?.every((group) => /^[\da-f]{1,4}$/i.test(group))) return null;
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
};

/** The eight groups of an IPv6 address, `::` and a dotted tail written out. */
const toGroups = (text: string): readonly string[] | null => {
  const dotted = /^(.*:)([\d.]*\.[\d.]*)$/.exec(text);
  const tail = dotted ? parseIpv4(dotted[2] ?? '') : undefined;
  if (tail === null) return null;
  const plain =
    tail === undefined ? text : `${dotted?.[1]}${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}`;
  const [head = '', end, ...rest] = plain.split('::');
  if (rest.length > 0) return null;
  const left = head === '' ? [] : head.split(':');
  if (end === undefined) return left.length === 8 ? left : null;
  const right = end === '' ? [] : end.split(':');
  const gap = 8 - left.length - right.length;
  return gap < 1 ? null : [...left, ...Array.from({ length: gap }, () => '0'), ...right];
};
