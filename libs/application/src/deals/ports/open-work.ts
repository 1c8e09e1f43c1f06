import type { CopyWorkLeft } from '#domain/deals/copy-estimate.js';
import type { CopyLane } from '#domain/deals/copy-operation.js';
import type { CopyOptions } from '#domain/deals/copy-options.js';
import type { TransferWorkLeft } from '#domain/deals/transfer/transfer-estimate.js';
import type { TransferOptions } from '#domain/deals/transfer/transfer-options.js';

interface Open {
  readonly id: string;
  readonly lane: CopyLane;
}

/** What is left of an operation that is under way. */
export type OpenWork =
  | (Open & {
      readonly kind: 'copy';
      readonly parts: Pick<CopyOptions, 'tasks' | 'notes' | 'products' | 'linkNotes'>;
      readonly left: CopyWorkLeft;
    })
  | (Open & {
      readonly kind: 'transfer';
      readonly parts: Pick<TransferOptions, 'tasks' | 'contacts'>;
      readonly left: TransferWorkLeft;
    });

/** Read-only SQL behind estimates, in the current workspace. */
export interface OpenWorks {
  /**
   * Operations of every kind that have not ended, with what is left of them. Where there are very many, some seconds
   * old, but with all of `asked` that are open.
   *
   * @param asked  ids of operations whose own work is asked for
   */
  open(asked: readonly string[]): Promise<readonly OpenWork[]>;
}
export const OPEN_WORK = Symbol('OpenWork');
