/** Put `params` into a catalogue's sentence; a parameter that is missing shows as its name, never as an error. */
export const translate = (sentence: string, params: Readonly<Record<string, string | number>>): string =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? `{${name}}`));
