// A spreadsheet takes what begins so for a formula, also in their full-width forms (OWASP, CSV injection).
const FORMULA = /^[\s\0]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u;

/** Makes spreadsheets read UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** One cell: what a spreadsheet would carry out is shown as text, behind an apostrophe. */
const cell = (value: string): string => {
  const harmless = FORMULA.test(value) ? `'${value}` : value;
  return /[",;\r\n]|^'|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

/** One line of a CSV file (RFC 4180), its end included. */
export const csvLine = (values: readonly string[]): string => `${values.map(cell).join(',')}\r\n`;
