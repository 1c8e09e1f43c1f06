import { Command } from '@nestjs/cqrs';
import type { Fact } from '#domain/analytics/fact.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/** Count a fact, or count it no longer; once however often it is told, and in whatever order. */
@Permission('system')
export class SettleFactCommand extends Command<void> {
  constructor(readonly fact: Fact) {
    super();
  }
}
