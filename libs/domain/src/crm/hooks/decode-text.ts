export interface DecodedText {
  readonly text: string;
  /** True when bytes were no valid UTF-8 and stand replaced by U+FFFD. */
  readonly broken: boolean;
}

const strict = new TextDecoder('utf-8', { fatal: true });
const lenient = new TextDecoder('utf-8');
const encoder = new TextEncoder();

/** Bytes as UTF-8 text; broken sequences become U+FFFD instead of an error. A leading byte order mark is dropped. */
export const decodeUtf8 = (bytes: Uint8Array): DecodedText => {
  try {
    return { text: strict.decode(bytes), broken: false };
  } catch {
    // The only way in which a decoder can fail on bytes.
    return { text: lenient.decode(bytes), broken: true };
  }
};

/** One name or value of a form: `+` is a space, `%XX` a byte of UTF-8; a `%` that begins no escape stays as it is. */
export const decodeFormText = (text: string): DecodedText => {
  if (!/[%+]/.test(text)) return { text, broken: false };
  const spaced = text.replaceAll('+', ' ');
  try {
    return { text: decodeURIComponent(spaced), broken: false };
  } catch {
    // A lone '%' or escapes that are no UTF-8 (a form sent in another encoding): keep all that can be kept.
    return decodeUtf8(unescapeBytes(encoder.encode(spaced)));
  }
};

const PERCENT = 0x25;

const unescapeBytes = (bytes: Uint8Array): Uint8Array => {
  const out = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const high = bytes[at] === PERCENT ? hexDigit(bytes[at + 1]) : -1;
    const low = high < 0 ? -1 : hexDigit(bytes[at + 2]);
    out[length++] = low < 0 ? (bytes[at] ?? 0) : high * 16 + low;
    if (low >= 0) at += 2;
  }
  return out.subarray(0, length);
};

const hexDigit = (byte: number | undefined): number => {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
};
