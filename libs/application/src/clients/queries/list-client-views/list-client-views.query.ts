import { Query } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { SavedViewView } from './saved-view.view.js';

/** One's own views and those that others share, by title. */
@Permission('clients:read')
export class ListClientViewsQuery extends Query<{ readonly items: readonly SavedViewView[] }> {}
