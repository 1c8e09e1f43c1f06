import type { RemarkView } from '../../i18n/texts.js';
import type { CopyItemRecord } from '../../ports/copy-screens.js';

/** An item with its report in the reader's language. */
export interface CopyItemView extends Omit<CopyItemRecord, 'error' | 'remarks'> {
  readonly error: RemarkView | null;
  readonly remarks: readonly RemarkView[];
}
