import { Command } from '@nestjs/cqrs';
import type { Fact } from '#domain/analytics/fact.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/** Count a fact, once however often it is told. */
@Permission('system')
export class CountFactCommand extends Command<void> {
  constructor(readonly fact: Fact) {
    super();
  }
}

/** Count a fact no longer, also when the news of it comes first. */
@Permission('system')
export class TakeFactBackCommand extends Command<void> {
  constructor(readonly fact: Fact) {
    super();
  }
}
