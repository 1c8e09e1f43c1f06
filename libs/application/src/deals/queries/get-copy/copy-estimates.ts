import { Inject, Injectable } from '@nestjs/common';
import { remainingRequests, secondsLeft } from '#domain/deals/copy-estimate.js';
import { isFinal } from '#domain/deals/copy-operation.js';
import { AppBus } from '../../../shared/bus/app-bus.js';
import { GetRequestRateQuery } from '../../../crm/index.js';
import { COPY_SCREENS, type CopyScreens } from '../../ports/copy-screens.js';
import type { CopyEstimateView, CopyListItemView, Unestimated } from './copy.view.js';

const DONE: CopyEstimateView = { remainingRequests: 0, secondsLeft: 0 };

/** Puts to operations how much is left of them and how long it will take. */
@Injectable()
export class CopyEstimates {
  constructor(
    @Inject(COPY_SCREENS) private readonly screens: CopyScreens,
    private readonly bus: AppBus,
  ) {}

  /** @returns the same operations in the same order */
  async of<V extends Unestimated>(views: readonly V[]): Promise<readonly (V & Pick<CopyListItemView, 'estimate'>)[]> {
    if (views.every(({ status }) => isFinal(status))) return views.map((view) => ({ ...view, estimate: DONE }));
    const [open, rate] = await Promise.all([this.screens.openWork(), this.bus.ask(new GetRequestRateQuery())]);
    const waiting = open.map(({ id, lane, parts, left }) => ({ id, lane, requests: remainingRequests(left, parts) }));
    const estimateOf = (id: string): CopyEstimateView | null => {
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
