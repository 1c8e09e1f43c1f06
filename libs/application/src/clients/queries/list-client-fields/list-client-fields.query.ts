import { Query } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { ClientFieldView } from './client-field.view.js';

/** The workspace's fields in their order, archived ones too. */
@Permission('clients:read')
export class ListClientFieldsQuery extends Query<{ readonly items: readonly ClientFieldView[] }> {}
