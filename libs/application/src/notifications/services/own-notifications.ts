import { Injectable } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { CurrentContext } from '#application/shared/context/current-context.js';

/** Whose notifications are asked for. */
@Injectable()
export class OwnNotifications {
  constructor(private readonly context: CurrentContext) {}

  /** @throws AppError `shared.forbidden` for whoever is no member: nobody tells them anything */
  memberId(): string {
    const userId = this.context.userId();
    if (userId === null) throw new AppError(sharedErrors['shared.forbidden']);
    return userId;
  }
}
