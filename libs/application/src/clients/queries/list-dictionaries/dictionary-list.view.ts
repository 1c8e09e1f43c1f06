import type { DictionaryView } from '../get-dictionary/dictionary.view.js';

export interface DictionaryLineView extends Omit<DictionaryView, 'entries'> {
  /** Archived ones left out. */
  readonly entryCount: number;
}

export interface DictionaryListView {
  /** The product's first, then by code. */
  readonly items: readonly DictionaryLineView[];
}
