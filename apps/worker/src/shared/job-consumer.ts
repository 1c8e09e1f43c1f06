import { Inject, Injectable } from '@nestjs/common';
import { DelayedError, type Job, UnrecoverableError } from 'bullmq';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { Logger } from 'pino';
import type { WorkspaceId } from '#domain/shared/ids.js';
import { AppError } from '#domain/shared/app-error.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { systemContext } from '#application/shared/context/system-context.js';
import type { JobContract } from '#application/shared/jobs/job-contract.js';
import { TELEMETRY, type Telemetry } from '#application/shared/ports/telemetry.js';
import { WORKER_LOGGER } from './worker-logger.js';
import type { WorkspaceSlots } from './workspace-slots.js';

interface Envelope {
  readonly version: number;
  readonly correlationId: string;
  readonly payload: object & { readonly workspaceId: WorkspaceId };
}

/** How a failed job goes on. */
type Verdict =
  { readonly kind: 'wait'; readonly delayMs: number } | { readonly kind: 'retry' } | { readonly kind: 'give_up' };

/** What an error means for the job that met it; see the table of error kinds in docs/architecture.md. */
export const verdictOf = (error: unknown): Verdict => {
  if (!(error instanceof AppError)) return { kind: 'retry' };
  switch (error.kind) {
    case 'upstream_busy':
      return { kind: 'wait', delayMs: error.retryAfterMs ?? 1_000 };
    case 'upstream_down':
    case 'internal':
      return { kind: 'retry' };
    default:
      return { kind: 'give_up' };
  }
};

/** What a consumer needs, as one dependency. */
@Injectable()
export class JobRuntime {
  constructor(
    readonly bus: AppBus,
    readonly context: CurrentContext,
    @Inject(TELEMETRY) readonly telemetry: Telemetry,
    @Inject(WORKER_LOGGER) readonly log: Logger,
  ) {}
}

/**
 * Takes the jobs of one queue: parses the payload, opens the context, sends the command, translates the error.
 * Subclasses say which queue and which jobs; they hold no logic.
 */
export abstract class JobConsumer {
  abstract readonly queue: string;
  abstract readonly concurrency: number;
  abstract readonly jobs: readonly JobContract[];
  /** Where jobs wait long for one account: how many hands a workspace may hold. */
  protected readonly slots: WorkspaceSlots | undefined = undefined;

  constructor(protected readonly runtime: JobRuntime) {}

  /** BullMQ's processor. A thrown `DelayedError` means: put back, no attempt spent. */
  async process(job: Job, token?: string): Promise<void> {
    const startedAt = performance.now();
    let outcome = 'ok';
    try {
      const contract = this.contractOf(job.name);
      const payload = parsePayload(contract, (job.data as Partial<Envelope> | undefined)?.payload);
      const envelope = job.data as Envelope;
      const slot = this.slots?.take(envelope.payload.workspaceId);
      if (slot && 'putBackMs' in slot) {
        outcome = 'put_back';
        return await putBack(job, slot.putBackMs, token);
      }
      try {
        await this.inContext(envelope, () => this.runtime.bus.execute(contract.toCommand(payload)));
      } catch (error) {
        outcome = error instanceof AppError ? error.kind : 'internal';
        await this.settle(job, token, contract, envelope, payload, error);
      } finally {
        slot?.release();
      }
    } finally {
      this.runtime.telemetry.jobHandled(job.name, outcome, performance.now() - startedAt);
    }
  }

  private async settle(
    job: Job,
    token: string | undefined,
    contract: JobContract,
    envelope: Envelope,
    payload: object,
    error: unknown,
  ): Promise<never> {
    const verdict = verdictOf(error);
    const code = error instanceof AppError ? error.code : 'shared.internal';
    this.runtime.log.warn(
      { job: job.name, jobId: job.id, attempt: job.attemptsMade + 1, code, verdict: verdict.kind, err: error },
      'job did not end well',
    );
    if (verdict.kind === 'wait') {
      await putBack(job, verdict.delayMs, token);
    }
    const exhausted = verdict.kind === 'give_up' || job.attemptsMade + 1 >= contract.attempts;
    if (exhausted && contract.onExhausted) {
      const reason = { code, detail: error instanceof AppError ? error.message : 'Internal error' };
      const command = contract.onExhausted(payload, reason);
      await this.inContext(envelope, () => this.runtime.bus.execute(command));
    }
    if (verdict.kind === 'give_up') throw new UnrecoverableError(code);
    throw error instanceof Error ? error : new Error(String(error));
  }

  private inContext<T>({ correlationId, payload }: Envelope, work: () => Promise<T>): Promise<T> {
    return this.runtime.context.run(systemContext(payload.workspaceId, correlationId), work);
  }

  private contractOf(name: string): JobContract {
    const contract = this.jobs.find((candidate) => candidate.name === name);
    if (!contract) throw new UnrecoverableError(`No contract for job ${name} on queue ${this.queue}`);
    return contract;
  }
}

/** Back into the queue for `delayMs`, no attempt spent. */
const putBack = async (job: Job, delayMs: number, token: string | undefined): Promise<never> => {
  await job.moveToDelayed(Date.now() + delayMs, token);
  throw new DelayedError();
};

const parsePayload = (contract: JobContract, plain: unknown): object => {
  // The validator takes no notice of what is not an object, and throws at null.
  if (typeof plain !== 'object' || plain === null)
    throw new UnrecoverableError(`${contract.name} came without payload`);
  const payload = plainToInstance(contract.payload, plain) as object;
  // Optional fields of a newer version are stripped: during a rolling update the older consumer does what it knows.
  const faults = validateSync(payload, { whitelist: true, forbidUnknownValues: true });
  if (faults.length > 0)
    throw new UnrecoverableError(
      `Payload of ${contract.name} is not valid: ${faults.map(({ property }) => property).join(', ')}`,
    );
  return payload;
};
