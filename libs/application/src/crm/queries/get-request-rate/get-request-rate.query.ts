import { Query } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/** What the account of the workspace can do now. */
export interface RequestRateView {
  /** Requests a second of our integration in the account, unless it is slowed down. */
  readonly requestsPerSecond: number;
  /** False while nobody can call the account until a person acts. */
  readonly canCall: boolean;
}

/** How fast the workspace's account may be called: for estimates, so whoever sees deals may ask. */
@Permission('deals:read')
export class GetRequestRateQuery extends Query<RequestRateView> {}
