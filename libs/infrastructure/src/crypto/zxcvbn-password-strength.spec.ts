import { describe, expect, it } from '@jest/globals';
import { MIN_GUESSES_LOG10, personalWords } from '#domain/identity/password-rules.js';
import { ZxcvbnPasswordStrength } from './zxcvbn-password-strength.js';

const strength = new ZxcvbnPasswordStrength();
const personal = personalWords({ email: 'anna.smirnova@romashka.ru', name: 'Анна', companies: ['Ромашка'] });

const verdict = async (password: string): Promise<string> => {
  const { guessesLog10, weakness } = await strength.estimate(password, personal);
  return guessesLog10 < MIN_GUESSES_LOG10 ? weakness : 'good';
};

describe('ZxcvbnPasswordStrength', () => {
  it.each([
    ['password1!', 'too_common'],
    ['P@ssw0rd', 'too_common'],
    ['пароль123', 'too_common'],
    ['gfhjkm123', 'too_common'],
    ['Наташа1990', 'too_common'],
    ['natasha90', 'too_common'],
    ['йцукенгш', 'too_common'],
    ['][poiuytr', 'keyboard_row'],
    ['абвгдежз', 'sequential'],
    ['12345678', 'too_common'],
    ['aaaaaaaaaaaaaaaa', 'repetitive'],
    ['крокодилкрокодил', 'repetitive'],
    ['21.11.2026', 'date'],
    ['Ромашка2026', 'personal'],
    ['romashka26', 'personal'],
    ['hjvfirf26', 'personal'],
    ['smirnova77', 'personal'],
    ['Sdelka2026!', 'personal'],
  ])('finds %s weak: %s', async (password, fault) => {
    expect(await verdict(password)).toBe(fault);
  });

  it.each([
    'correct horse battery',
    'длинная фраза про кота',
    'три зелёных бегемота',
    'xkqvjwzp',
    'a long password of the tests',
    '🐱🐶🦊🐻🐼🐨🐯🦁🐮🐷',
  ])('finds %s good', async (password) => {
    expect(await verdict(password)).toBe('good');
  });

  it('judges a long password by its beginning, and does not choke on it', async () => {
    expect(await verdict('p4$$w0rd'.repeat(32))).toBe('repetitive');
  });
});
