/** Domains whose accounts may be sent our secret (amoCRM API: oAuth 2.0, Kommo). */
const ACCOUNT_HOST = /^(?!xn--)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.(amocrm\.ru|amocrm\.com|kommo\.com)$/;
const MAX_HOST_LENGTH = 253;
/** A sandbox that gives each account a host of its own: names under localhost never leave this machine (RFC 6761). */
const SANDBOX_HOST = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.(amocrm|kommo)\.localhost$/;

/**
 * Origin of the account at `host`, or undefined when it is no host of amoCRM or Kommo. The host arrives in a browser's
 * redirect, so anybody can write it: one plain label before a known domain, no port, no user, no path, no punycode.
 *
 * @param sandbox  origin of the configured sandbox; its own host and port are accepted too, to the letter, and those of its
 *                 accounts when it is `localhost`: `<subdomain>.<amocrm or kommo>.localhost` on the same port
 */
export const accountOrigin = (host: string, sandbox: string | null): string | undefined => {
  if (sandbox !== null && isOfSandbox(host, new URL(sandbox))) return `${new URL(sandbox).protocol}//${host}`;
  const name = host.toLowerCase();
  // Lower-casing maps a few foreign letters onto ASCII ones: only what was ASCII before counts.
  if (host.length > MAX_HOST_LENGTH || name.length !== host.length || /[^\x21-\x7e]/.test(host)) return undefined;
  return ACCOUNT_HOST.test(name) ? `https://${name}` : undefined;
};

const isOfSandbox = (host: string, sandbox: URL): boolean => {
  if (host === sandbox.host) return true;
  const port = sandbox.host.slice(sandbox.hostname.length);
  return (
    sandbox.hostname === 'localhost' &&
    host.endsWith(port) &&
    SANDBOX_HOST.test(host.slice(0, -port.length || undefined))
  );
};
