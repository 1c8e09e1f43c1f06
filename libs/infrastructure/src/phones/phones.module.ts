import { Global, Module } from '@nestjs/common';
import { PHONE_READER } from '#application/clients/ports/phone-reader.js';
import { LibPhoneReader } from './lib-phone-reader.js';

/** Reading of phone numbers. */
@Global()
@Module({ providers: [{ provide: PHONE_READER, useClass: LibPhoneReader }], exports: [PHONE_READER] })
export class PhonesModule {}
