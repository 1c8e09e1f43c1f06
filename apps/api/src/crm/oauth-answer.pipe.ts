import { Injectable, type PipeTransform } from '@nestjs/common';
import type { ConnectionAnswer } from '#application/crm/index.js';

const MAX_LENGTH = 4_096;

/** What came back to the redirect address. */
export interface RedirectAnswer extends ConnectionAnswer {
  /** True for a call of amoCRM's server after an install of the widget: there is no browser, and no state. */
  readonly isInstall: boolean;
}

/**
 * Picks what is used of amoCRM's redirect. Unknown parameters are let through: amoCRM adds some by the way it was asked,
 * and its redirect cannot be sent again.
 */
@Injectable()
export class OAuthAnswerPipe implements PipeTransform<Readonly<Record<string, unknown>>, RedirectAnswer> {
  transform(query: Readonly<Record<string, unknown>>): RedirectAnswer {
    const text = (name: string): string | undefined => {
      const value = query[name];
      return typeof value === 'string' && value.length <= MAX_LENGTH && !value.includes('\0') ? value : undefined;
    };
    return {
      state: text('state'),
      code: text('code'),
      referer: text('referer'),
      error: text('error'),
      clientId: text('client_id'),
      isInstall: 'from_widget' in query && !('state' in query) && !('error' in query),
    };
  }
}
