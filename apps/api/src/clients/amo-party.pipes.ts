import { Injectable, type PipeTransform } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import type { AmoEntity } from '#application/clients/index.js';

/** Names in addresses and answers, as in amoCRM's own. */
export const AMO_PATHS = { contact: 'contacts', company: 'companies' } as const satisfies Record<AmoEntity, string>;
export type AmoPath = (typeof AMO_PATHS)[AmoEntity];

/** `contacts` or `companies` from the path. What is neither names nothing here: 404. */
@Injectable()
export class AmoEntityPipe implements PipeTransform<string, AmoEntity> {
  transform(value: string): AmoEntity {
    if (value === AMO_PATHS.contact) return 'contact';
    if (value === AMO_PATHS.company) return 'company';
    throw new AppError(sharedErrors['shared.not_found']);
  }
}

/**
 * An id of amoCRM from the path: a positive integer, written in one way only. What is none names nothing here: 404. A text still,
 * since of what is declared a number the edge makes one before this looks at it, of `01` or `1e3` too.
 */
@Injectable()
export class AmoIdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!/^[1-9]\d{0,15}$/.test(value) || !Number.isSafeInteger(Number(value))) {
      throw new AppError(sharedErrors['shared.not_found']);
    }
    return value;
  }
}
