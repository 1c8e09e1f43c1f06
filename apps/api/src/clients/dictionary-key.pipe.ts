import { Injectable, type PipeTransform } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { DICTIONARY_CODE } from '#application/clients/index.js';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';

/** A dictionary's id or code from the path. What is neither names nothing here. */
@Injectable()
export class DictionaryKeyPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!isUUID(value) && !DICTIONARY_CODE.test(value)) throw new AppError(sharedErrors['shared.not_found']);
    return value;
  }
}
