import { Injectable } from '@nestjs/common';
import type { ZxcvbnFactory, ZxcvbnResult } from '@zxcvbn-ts/core';
import { layoutsOf, type PasswordFault, transliterated } from '#domain/identity/password-rules.js';
import type { PasswordStrength, StrengthEstimate } from '#application/identity/ports/password-strength.js';
import { RUSSIAN_WORDS } from './russian-words.js';

// Its work grows faster than the length: 256 characters can cost a second, 64 cost 50 ms at worst. What is longer is
// judged by its beginning, which is never easier to guess than the whole.
const JUDGED_CHARACTERS = 64;
const MAX_SUBSTITUTIONS = 20;

/**
 * Estimates by zxcvbn: its 49 000 common passwords and our Russian words, keyboards, dates, repetitions; each password
 * as typed, and as the same keys give in the other layout. The dictionaries take 20 MB, so that only a process that
 * sets a password loads them.
 */
@Injectable()
export class ZxcvbnPasswordStrength implements PasswordStrength {
  private loaded: Promise<ZxcvbnFactory> | undefined;

  async estimate(password: string, personal: readonly string[]): Promise<StrengthEstimate> {
    const estimator = await (this.loaded ??= load());
    const judged = [...password].slice(0, JUDGED_CHARACTERS).join('');
    const results = layoutsOf(judged).map((text) => estimator.check(text, [...personal]));
    const weakest = results.reduce((least, next) => (next.guessesLog10 < least.guessesLog10 ? next : least));
    return { guessesLog10: weakest.guessesLog10, weakness: weaknessOf(weakest) };
  }
}

const load = async (): Promise<ZxcvbnFactory> => {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  const russian = [...new Set([...RUSSIAN_WORDS, ...RUSSIAN_WORDS.map(transliterated)])];
  return new ZxcvbnFactory({
    dictionary: { ...dictionary, russian },
    graphs: adjacencyGraphs,
    maxLength: JUDGED_CHARACTERS * 2,
    l33tMaxSubstitutions: MAX_SUBSTITUTIONS,
  });
};

const BY_PATTERN: Readonly<Record<string, PasswordFault>> = {
  repeat: 'repetitive',
  sequence: 'sequential',
  spatial: 'keyboard_row',
  date: 'date',
};

/** The pattern that covers most of the password. */
const weaknessOf = ({ sequence }: ZxcvbnResult): PasswordFault => {
  const [longest] = [...sequence].sort((a, b) => b.token.length - a.token.length);
  if (!longest) return 'guessable';
  if (longest.pattern !== 'dictionary') return BY_PATTERN[longest.pattern] ?? 'guessable';
  return 'dictionaryName' in longest && longest.dictionaryName === 'userInputs' ? 'personal' : 'too_common';
};
