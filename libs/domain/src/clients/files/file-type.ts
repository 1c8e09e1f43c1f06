import { extensionOf } from './file-name.js';

/** What is known of a file's type. */
export interface TypeEvidence {
  /** What its first bytes say; null when they say nothing. */
  readonly detected: string | null;
  /** Whether its beginning is text. */
  readonly isText: boolean;
  /** What its sender says. */
  readonly declared: string | null;
}

const UNKNOWN = 'application/octet-stream';
const PLAIN = 'text/plain';
const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,62}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,62}$/;
/** Texts are told apart by nothing but what their sender says. */
const TEXTS = new Set([
  'application/json',
  'application/xml',
  'application/xhtml+xml',
  'application/javascript',
  'image/svg+xml',
]);

/**
 * The type of a file as its content has it. Who says `image/png` of a program has sent a program.
 *
 * @returns a media type without parameters, `application/octet-stream` when nothing speaks for another
 */
export const trueType = ({ detected, isText, declared }: TypeEvidence): string => {
  const said = (declared ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const saysText = MEDIA_TYPE.test(said) && (said.startsWith('text/') || TEXTS.has(said));
  // XML is a family: the sender knows which of it, and none of it is shown.
  if (detected !== null) return detected === 'application/xml' && saysText && said.endsWith('xml') ? said : detected;
  if (!isText) return UNKNOWN;
  return saysText ? said : PLAIN;
};

/** Programs, by content. */
const PROGRAMS = new Set([
  'application/x-msdownload',
  'application/x-elf',
  'application/x-mach-binary',
  'application/java-vm',
  'application/java-archive',
  'application/vnd.android.package-archive',
  'application/x-ms-shortcut',
  'application/x-ms-regedit',
  'application/vnd.ms-htmlhelp',
  'application/x-google-chrome-extension',
  'application/x-xpinstall',
  'application/x-deb',
  'application/x-rpm',
  'application/wasm',
]);
/** Programs that are text, or look like something else: a double click runs them. */
const RUN_BY_NAME = new Set(
  'exe dll com scr pif cpl msi msp bat cmd ps1 vbs vbe js jse wsf wsh hta lnk url reg jar apk sh chm app'.split(' '),
);

const fits = (pattern: string, type: string): boolean =>
  pattern === '*/*' || pattern === type || (pattern.endsWith('/*') && type.startsWith(pattern.slice(0, -1)));

/** True for what may be stored: nothing that runs, and of the rest what the operator allows. */
export const isTakenType = (type: string, name: string, allowed: readonly string[]): boolean =>
  !PROGRAMS.has(type) && !RUN_BY_NAME.has(extensionOf(name)) && allowed.some((pattern) => fits(pattern, type));

/** What a browser shows without running anything of it. */
const SHOWN = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'application/pdf',
  'audio/mpeg',
  'audio/ogg',
  'audio/wav',
  'video/mp4',
  'video/webm',
  PLAIN,
]);

/** True for what may be opened in a browser's window; everything else is only saved. */
export const isShownInline = (type: string): boolean => SHOWN.has(type);
