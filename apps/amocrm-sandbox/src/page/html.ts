/** Text that is HTML already. Everything else is escaped when it gets into a template. */
export class Html {
  constructor(readonly text: string) {}
}

/** What a template takes: text and numbers are escaped; lists are joined; null, undefined and false leave nothing. */
export type Part = Html | string | number | null | undefined | false | readonly Part[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
}

/** A template whose values are escaped: html`<b>${name}</b>`. Values stand in text or in quoted attributes only. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.map((text, index) => (index === 0 ? text : rendered(parts[index - 1]) + text)).join(''));
}

function rendered(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part));
  return part.map(rendered).join('');
}

/** A template for code and styles of our own: no values, so nothing to escape. */
export const asset = (strings: TemplateStringsArray): string => strings.raw.join('').trimStart();

/** Only web addresses become links; `javascript:` and others stay text. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);
}
