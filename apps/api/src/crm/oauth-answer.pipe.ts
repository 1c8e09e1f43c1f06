import { Injectable, type PipeTransform } from '@nestjs/common';
import type { ConnectionAnswer } from '#application/crm/index.js';

const MAX_LENGTH = 4_096;

/**
 * Picks what is used of amoCRM's redirect. Unknown parameters are let through: amoCRM adds some by the way it was asked
 * (from_widget, platform, client_id), and its redirect cannot be sent again.
 */
@Injectable()
export class OAuthAnswerPipe implements PipeTransform<Readonly<Record<string, unknown>>, ConnectionAnswer> {
  transform(query: Readonly<Record<string, unknown>>): ConnectionAnswer {
    const text = (name: string): string | undefined => {
      const value = query[name];
      return typeof value === 'string' && value.length <= MAX_LENGTH ? value : undefined;
    };
    return { state: text('state'), code: text('code'), referer: text('referer'), error: text('error') };
  }
}
