import { Query } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { SecondFactorView } from './second-factor.view.js';

/** Does the caller have a second factor, and how many recovery codes are left? */
@Permission('identity:read-self', { ownTransactions: true })
export class GetSecondFactorQuery extends Query<SecondFactorView> {}
