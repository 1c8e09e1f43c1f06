import { Inject, Injectable } from '@nestjs/common';
import { remainingRequests, secondsLeft } from '#domain/deals/copy-estimate.js';
import { isFinal } from '#domain/deals/copy-operation.js';
import { remainingTransferRequests } from '#domain/deals/transfer/transfer-estimate.js';
import { AppBus } from '../../shared/bus/app-bus.js';
import { GetRequestRateQuery } from '../../crm/index.js';
import { OPEN_WORK, type OpenWork, type OpenWorks } from '../ports/open-work.js';
import type { Estimable, Estimated, EstimateView } from './estimate.view.js';

const DONE: EstimateView = { remainingRequests: 0, secondsLeft: 0 };

const requestsOf = (work: OpenWork): number =>
  work.kind === 'copy' ? remainingRequests(work.left, work.parts) : remainingTransferRequests(work.left, work.parts);

/** Puts to operations of every kind how much is left of them and how long it will take. */
@Injectable()
export class OperationEstimates {
  constructor(
    @Inject(OPEN_WORK) private readonly works: OpenWorks,
    private readonly bus: AppBus,
  ) {}

  /** @returns the same operations in the same order */
  async of<V extends Estimable>(views: readonly V[]): Promise<readonly Estimated<V>[]> {
    if (views.every(({ status }) => isFinal(status))) return views.map((view) => ({ ...view, estimate: DONE }));
    const asked = views.filter(({ status }) => !isFinal(status)).map(({ id }) => id);
    const [open, rate] = await Promise.all([this.works.open(asked), this.bus.ask(new GetRequestRateQuery())]);
    // Copies and transfers wait for the same requests.
    const waiting = open.map((work) => ({ id: work.id, lane: work.lane, requests: requestsOf(work) }));
    const estimateOf = (id: string): EstimateView | null => {
      if (!rate.canCall) return null;
      const own = waiting.find((one) => one.id === id);
      // It ended between the two looks.
      if (!own) return DONE;
      const others = waiting.filter((one) => one !== own);
      return {
        remainingRequests: own.requests,
        secondsLeft: secondsLeft(own, others, rate.requestsPerSecond),
      };
    };
    return views.map((view) => ({ ...view, estimate: isFinal(view.status) ? DONE : estimateOf(view.id) }));
  }
}
