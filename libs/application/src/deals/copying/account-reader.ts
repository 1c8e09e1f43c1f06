import { Injectable } from '@nestjs/common';
import { AppBus } from '../../shared/bus/app-bus.js';
import { GetDirectoryQuery } from '../../crm/index.js';
import type { DealsDirectory } from './deals-directory.js';

/** The account as copying needs it, from the crm context's cache. */
@Injectable()
export class AccountReader {
  constructor(private readonly bus: AppBus) {}

  /** @throws AppError `crm.not_connected` while the directory was never read */
  async read(): Promise<DealsDirectory> {
    const { directory, markerFieldId } = await this.bus.ask(new GetDirectoryQuery());
    return {
      directory: { ...directory, markerFieldId },
      timeZone: directory.account.timeZone,
      accountId: directory.account.id,
      lossReasons: directory.lossReasons,
      userIdByEmail: new Map(directory.users.map(({ email, id }) => [email.toLowerCase(), id])),
    };
  }
}
