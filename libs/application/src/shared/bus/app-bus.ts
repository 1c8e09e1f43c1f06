import { Inject, Injectable } from '@nestjs/common';
import { type Command, CommandBus, type Query, QueryBus } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { CurrentContext } from '../context/current-context.js';
import { IDEMPOTENCY_STORE, type IdempotencyStore } from '../ports/idempotency-store.js';
import { TELEMETRY, type Telemetry } from '../ports/telemetry.js';
import { UNIT_OF_WORK, type UnitOfWork } from '../ports/unit-of-work.js';
import { authorise } from './authorise.js';
import { asMessage, currentMessage } from './current-message.js';
import { type MessageRules, rulesOf } from './permission.decorator.js';

/**
 * The one way into the application. Runs the same behaviours around every message:
 * telemetry (opened first, so that refusals are timed too) → context → authorisation → idempotency →
 * transaction; outbox and audit rows are written by their ports inside that transaction.
 */
@Injectable()
export class AppBus {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly context: CurrentContext,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    @Inject(IDEMPOTENCY_STORE) private readonly idempotency: IdempotencyStore,
    @Inject(TELEMETRY) private readonly telemetry: Telemetry,
  ) {}

  /** Carry out a command; its transaction, audit lines, events and stored result stand or fall together. */
  execute<R>(command: Command<R>): Promise<R> {
    const type = command.constructor;
    return this.measured(type.name, () => {
      const rules = this.rules(type);
      authorise(this.context.get(), rules.requires);
      const name = type.name.replace(/Command$/, '');
      // A command sent by another command is part of it: one idempotency key, one audit name.
      const outermost = currentMessage() === undefined;
      if (rules.ownTransactions && outermost) this.refuseIdempotency();
      return asMessage(name, () =>
        rules.ownTransactions
          ? this.commands.execute(command)
          : this.unitOfWork.transact(() => this.once(outermost, () => this.commands.execute(command))),
      );
    });
  }

  /** Answer a query in a read-only transaction. */
  ask<R>(query: Query<R>): Promise<R> {
    const type = query.constructor;
    return this.measured(type.name, () => {
      const rules = this.rules(type);
      authorise(this.context.get(), rules.requires);
      return rules.ownTransactions
        ? this.queries.execute(query)
        : this.unitOfWork.read(() => this.queries.execute(query));
    });
  }

  /** A result that cannot be stored with the command's transaction, or holds a secret, cannot be given again. */
  private refuseIdempotency(): void {
    if (!this.context.get().idempotency) return;
    const issue = { path: 'Idempotency-Key', code: 'not_supported', message: 'this command cannot be repeated by key' };
    throw new AppError(sharedErrors['shared.validation_failed'], { issues: [issue] });
  }

  private async once<R>(outermost: boolean, work: () => Promise<R>): Promise<R> {
    const request = outermost ? this.context.get().idempotency : undefined;
    if (!request) return work();
    const claim = await this.idempotency.claim(request);
    if (claim.kind === 'replayed') return claim.result as R;
    const result = await work();
    await this.idempotency.complete(request, result);
    return result;
  }

  private rules(type: unknown): MessageRules {
    const rules = rulesOf(type);
    if (!rules) throw new Error(`${String((type as { name?: string }).name)} declares no @Permission`);
    return rules;
  }

  private async measured<R>(name: string, work: () => Promise<R>): Promise<R> {
    const startedAt = performance.now();
    let outcome = 'ok';
    try {
      return await work();
    } catch (error) {
      outcome = error instanceof AppError ? error.kind : 'internal';
      throw error;
    } finally {
      this.telemetry.messageHandled(name, outcome, performance.now() - startedAt);
    }
  }
}
