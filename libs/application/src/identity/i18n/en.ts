import type { IdentityTexts } from './keys.js';

export const identityEn: IdentityTexts = {
  'identity.password.malformed': 'The password has characters that cannot be read. Type it again.',
  'identity.password.too_short': 'The password is shorter than {min} characters. Take several words.',
  'identity.password.too_long': 'The password is longer than {max} characters.',
  'identity.password.too_common': 'This password is too common. Take several unrelated words.',
  'identity.password.personal': "The password is made of your name, e-mail or the company's name.",
  'identity.password.repetitive': 'The password repeats itself.',
  'identity.password.sequential': 'The password is a sequence, like “abcde” or “12345”.',
  'identity.password.keyboard_row': 'The password is a row of keys, like “qwerty”.',
  'identity.password.date': 'The password is a date, which is easy to guess.',
  'identity.password.guessable': 'The password is easy to guess. Add another word or two.',
};
