import type { UnsortedRow } from '../state/extra-rows.js';
import type { End } from '../state/links.js';
import type { EntityType, LeadRow, CompanyRow, NoteRow, TaskRow } from '../state/rows.js';

/** Something that happened in an account and that webhooks may tell about and the history records. */
export type AmoEvent =
  | {
      readonly kind: 'entity';
      readonly entity: EntityType;
      readonly action: 'add' | 'update' | 'delete' | 'restore' | 'status' | 'responsible';
      readonly before: LeadRow | CompanyRow | undefined;
      readonly after: LeadRow | CompanyRow;
    }
  | { readonly kind: 'note'; readonly note: NoteRow }
  | {
      readonly kind: 'link';
      readonly action: 'linked' | 'unlinked';
      readonly from: End;
      readonly to: End;
      readonly userId: number;
    }
  | {
      readonly kind: 'unsorted';
      readonly action: 'add' | 'update' | 'accept' | 'decline';
      readonly row: UnsortedRow;
    }
  | {
      readonly kind: 'task';
      readonly action: 'add' | 'update' | 'delete' | 'responsible';
      readonly before: TaskRow | undefined;
      readonly after: TaskRow;
    };
