import type { IdentityTexts } from './keys.js';

export const identityRu: IdentityTexts = {
  'identity.password.malformed': 'В пароле есть знаки, которые не читаются. Введите его заново.',
  'identity.password.too_short': 'Пароль короче {min} знаков. Возьмите несколько слов подряд.',
  'identity.password.too_long': 'Пароль длиннее {max} знаков.',
  'identity.password.too_common': 'Такой пароль слишком распространён. Возьмите несколько не связанных слов.',
  'identity.password.personal': 'Пароль составлен из вашего имени, почты или названия компании.',
  'identity.password.repetitive': 'В пароле повторяется одно и то же.',
  'identity.password.sequential': 'Пароль — знаки подряд, как «абвгд» или «12345».',
  'identity.password.keyboard_row': 'Пароль — соседние клавиши клавиатуры, как «qwerty» или «йцукен».',
  'identity.password.date': 'Пароль — дата: её легко подобрать.',
  'identity.password.guessable': 'Пароль легко подобрать. Добавьте ещё одно-два слова.',
};
