/** Where people reach us from outside, without a trailing slash: what links in mails begin with. A text. */
export const PUBLIC_ADDRESS = Symbol('PublicAddress');
