import type { ClientWarning } from '#domain/clients/client-warnings.js';
import type { WarningView } from '../queries/get-client/client.view.js';

const RUSSIAN: Readonly<Record<string, string>> = {
  inn_not_digits: 'ИНН состоит не только из цифр',
  inn_length: 'В ИНН должно быть 10 или 12 цифр',
  inn_checksum: 'Контрольная цифра ИНН не сходится',
  kpp_length: 'В КПП должно быть 9 знаков',
  kpp_format: 'КПП записан не так, как принято',
  ogrn_not_digits: 'ОГРН состоит не только из цифр',
  ogrn_length: 'В ОГРН должно быть 13 цифр, в ОГРНИП — 15',
  ogrn_checksum: 'Контрольная цифра ОГРН не сходится',
  phone_unreadable: 'Номер телефона не удалось прочитать; он сохранён как есть',
  same_phone: 'Этот телефон есть у другого клиента',
  same_email: 'Этот адрес есть у другого клиента',
  same_inn: 'Этот ИНН есть у другого клиента',
};

const ENGLISH: Readonly<Record<string, string>> = {
  inn_not_digits: 'The INN has more than digits in it',
  inn_length: 'An INN has 10 or 12 digits',
  inn_checksum: 'The control digit of the INN does not match',
  kpp_length: 'A KPP has 9 characters',
  kpp_format: 'The KPP is not written as a KPP is',
  ogrn_not_digits: 'The OGRN has more than digits in it',
  ogrn_length: 'An OGRN has 13 digits, an OGRNIP 15',
  ogrn_checksum: 'The control digit of the OGRN does not match',
  phone_unreadable: 'The phone number could not be read; it is kept as it is',
  same_phone: 'Another client has this phone',
  same_email: 'Another client has this address',
  same_inn: 'Another client has this INN',
};

/** A warning in the language of whoever asked. */
export const warningView = ({ path, code, clientId }: ClientWarning, language: 'ru' | 'en'): WarningView => ({
  path,
  code,
  message: (language === 'en' ? ENGLISH : RUSSIAN)[code] ?? code,
  clientId: clientId ?? null,
});
