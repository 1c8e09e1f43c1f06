import type { WithReport } from '../../i18n/texts.js';
import type { TransferItemRecord } from '../../ports/transfer-screens.js';

/** An item with its report in the reader's language. */
export type TransferItemView = WithReport<TransferItemRecord>;
