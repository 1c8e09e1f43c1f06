const TOKEN = /^[\w-]{43}$/;

/** Whether a text can be the token of a mailed link: 256 bits in base64url. Anything else was never sent. */
export const isLinkToken = (text: string): boolean => TOKEN.test(text);
