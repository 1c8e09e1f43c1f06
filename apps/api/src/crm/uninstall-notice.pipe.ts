import { Injectable, type PipeTransform } from '@nestjs/common';
import type { UninstallNotice } from '#application/crm/index.js';

const MAX_LENGTH = 500;

/** Picks what is used of the uninstall hook's query; what is missing is empty, and refused like a wrong signature. */
@Injectable()
export class UninstallNoticePipe implements PipeTransform<Readonly<Record<string, unknown>>, UninstallNotice> {
  transform(query: Readonly<Record<string, unknown>>): UninstallNotice {
    const text = (name: string): string => {
      const value = query[name];
      return typeof value === 'string' && value.length <= MAX_LENGTH && !value.includes('\0') ? value : '';
    };
    // amoCRM: the documentation names it both ways.
    const clientId = text('client_uuid') || text('client_id');
    return { accountId: text('account_id'), clientId, signature: text('signature') };
  }
}
