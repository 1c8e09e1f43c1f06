import { Query } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { MeView } from './me.view.js';

/** Who am I? Fails with `shared.unauthenticated` (401) for callers that are no active member. */
@Permission('identity:read-self')
export class GetMeQuery extends Query<MeView> {}
