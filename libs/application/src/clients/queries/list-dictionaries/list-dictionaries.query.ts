import { Query } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { DictionaryListView } from './dictionary-list.view.js';

/** The workspace's dictionaries, without their entries. */
@Permission('dictionaries:read')
export class ListDictionariesQuery extends Query<DictionaryListView> {}
