import { Global, Module } from '@nestjs/common';
import { DICTIONARIES, DICTIONARY_SCREENS } from '#application/clients/ports/dictionaries.js';
import { PgDictionaries } from './pg-dictionaries.js';
import { PgDictionaryScreens } from './pg-dictionary-screens.js';

const ports = [
  { provide: DICTIONARIES, useClass: PgDictionaries },
  { provide: DICTIONARY_SCREENS, useExisting: PgDictionaryScreens },
];

/** Dictionaries on Postgres. */
@Global()
@Module({ providers: [PgDictionaryScreens, ...ports], exports: ports.map(({ provide }) => provide) })
export class DictionariesPostgresModule {}
