/** What a mail says: sentences of a catalogue with their parameters put in, not yet laid out. */
export interface MailText {
  readonly subject: string;
  /** In order; each is one paragraph. */
  readonly paragraphs: readonly string[];
  /** The one thing to be done, after the paragraphs. */
  readonly action?: { readonly label: string; readonly url: string };
  /** Small print after the action. */
  readonly footer?: string;
}

/** A mail ready to leave. */
export interface MailContent {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const MAX_SUBJECT = 200;

/**
 * Lay a mail out as plain text and as simple HTML. Everything is escaped: names are typed by people, some of whom
 * would like to write our mails for us.
 */
export const composeMail = ({ subject, paragraphs, action, footer }: MailText): MailContent => ({
  subject: oneLine(subject).slice(0, MAX_SUBJECT),
  text: `${[...paragraphs, ...(action ? [`${action.label}:\n${action.url}`] : []), ...(footer ? [`--\n${footer}`] : [])].join('\n\n')}\n`,
  html: [
    '<!doctype html><html><head><meta charset="utf-8"></head><body style="font-family:sans-serif;line-height:1.5">',
    ...paragraphs.map((paragraph) => `<p dir="auto">${escapeHtml(paragraph)}</p>`),
    ...(action ? [linkHtml(action)] : []),
    ...(footer ? [`<p dir="auto" style="color:#666;font-size:smaller">${escapeHtml(footer)}</p>`] : []),
    '</body></html>',
  ].join('\n'),
});

// The address is shown in full, too: whoever trusts no buttons can read where it leads.
const linkHtml = ({ label, url }: { readonly label: string; readonly url: string }): string => {
  const href = escapeHtml(url);
  return `<p><a href="${href}">${escapeHtml(label)}</a></p>\n<p style="word-break:break-all">${href}</p>`;
};

/** A header is one line, whatever a name contains. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
