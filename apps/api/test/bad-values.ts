/** What strangers, and clients with a fault, send; shared by the tests of all ways in. */
export const MEGABYTE = 1_048_576;

/** Hosts that are no account of amoCRM. */
export const HOSTS = [
  'evil.ru',
  'amocrm.ru',
  'amocrm.ru.evil.ru',
  'demo.amocrm.ru.evil.ru',
  'evil-amocrm.ru',
  'user@demo.amocrm.ru',
  'demo.amocrm.ru@evil.ru',
  'xn--e1afmkfd.amocrm.ru',
  'демо.amocrm.ru',
  'demo.аmocrm.ru',
  'demo。amocrm.ru',
  'a.b.amocrm.ru',
  'demo.amocrm.ru.',
  'demo.amocrm.ru:8443',
  'demo.amocrm.ru#',
  'demo.amocrm.ru\\.evil.ru',
  'demo.amocrm.ru%00.evil.ru',
  'demo.amocrm.ru\r\nhost: evil.ru',
  '93.184.216.34',
  '[::1]',
  '169.254.169.254',
  '127.0.0.1',
  '127.0.0.1:10',
  'localhost:9',
  'demo.amocrm.localhost:9',
  'file:///etc/passwd',
  'ftp://demo.amocrm.ru',
  '${jndi:ldap://evil.ru}',
];

/** For a field that takes a text. */
export const NO_TEXTS: readonly unknown[] = [null, 1, true, [], ['a'], {}, '', 'a\0b', '\ud800', 'x'.repeat(MEGABYTE)];

/** For a field that takes a number from 1 on. */
export const NO_NUMBERS: readonly unknown[] = ['7', 0, -1, 1.5, 1e21, true, [], [7], {}, ''];

const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
/** Bodies that are no object of fields, with the status that answers them. */
export const BODIES: readonly (readonly [string, string | Buffer, number])[] = [
  ['a list', '[]', 422],
  ['a text', '"a"', 422],
  ['half of it', '{"code":', 422],
  ['two of it', '{}{}', 422],
  ['nesting', deep(10_000), 422],
  ['a name of the prototype', '{"__proto__":{"code":"c","referer":"127.0.0.1:9"}}', 422],
  ['a name of the constructor', '{"constructor":{"prototype":{"code":"c"}}}', 422],
  ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), 422],
  ['NUL bytes', Buffer.alloc(64), 422],
  ['three megabytes', JSON.stringify({ code: 'x'.repeat(3 * MEGABYTE) }), 413],
];

const STRANGE = [
  '',
  '%00',
  'a%00b',
  '%FF%FE',
  '%zz',
  '%E2%28%A1',
  '<script>alert(1)</script>',
  '%0d%0aset-cookie:a=b',
  'x'.repeat(MEGABYTE),
];
/** Query strings in which the value of `name` is strange. */
export const several = (name: string) => [
  ...STRANGE.map((value) => `${name}=${value}`),
  `${name}=a&${name}=b`,
  `${name}[a]=b`,
  `__proto__[${name}]=a`,
];
