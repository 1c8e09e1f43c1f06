import type { RemarkView } from '../../i18n/texts.js';
import type { TransferItemRecord } from '../../ports/transfer-screens.js';

/** An item with its report in the reader's language. */
export interface TransferItemView extends Omit<TransferItemRecord, 'error' | 'remarks'> {
  readonly error: RemarkView | null;
  readonly remarks: readonly RemarkView[];
}
