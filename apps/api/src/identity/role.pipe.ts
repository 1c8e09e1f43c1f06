import { Injectable, type PipeTransform } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { isRole, type Role } from '#application/identity/index.js';

/** A role from the path. What is none names nothing here: 404. */
@Injectable()
export class RolePipe implements PipeTransform<string, Role> {
  transform(value: string): Role {
    if (!isRole(value)) throw new AppError(sharedErrors['shared.not_found']);
    return value;
  }
}
