type Known = readonly [pattern: RegExp, name: string];

// Most particular first: browsers call themselves by the names of those that came before them.
const BROWSERS: readonly Known[] = [
  [/YaBrowser\//, 'Yandex'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
  [/^curl\//, 'curl'],
];

const SYSTEMS: readonly Known[] = [
  [/Windows/, 'Windows'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux|X11/, 'Linux'],
];

const nameIn = (known: readonly Known[], text: string): readonly string[] =>
  known
    .filter(([pattern]) => pattern.test(text))
    .slice(0, 1)
    .map(([, name]) => name);

/** Browser and system in a `User-Agent`, e.g. `Chrome, Windows`; null when it names neither. A hint, never a proof. */
export const deviceOf = (userAgent: string | null): string | null => {
  const parts = userAgent === null ? [] : [...nameIn(BROWSERS, userAgent), ...nameIn(SYSTEMS, userAgent)];
  return parts.length > 0 ? parts.join(', ') : null;
};
