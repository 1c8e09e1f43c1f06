import type { WithReport } from '../../i18n/texts.js';
import type { CopyItemRecord } from '../../ports/copy-screens.js';

/** An item with its report in the reader's language. */
export type CopyItemView = WithReport<CopyItemRecord>;
