import { Injectable } from '@nestjs/common';
import type { Clock } from '#application/shared/ports/clock.js';

/** The clock of the machine. */
@Injectable()
export class SystemClock implements Clock {
  now(): Date {
    return new Date();
  }
}
