// RFC 8187: everything else is percent-encoded.
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * How a browser is to take an answer (RFC 6266): the name in ASCII for the oldest, and whole.
 *
 * @param name  well-formed Unicode, without controls
 */
export const contentDisposition = (kind: 'inline' | 'attachment', name: string): string => {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/gu, '_');
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded(name)}`;
};
