/** What something is called: always in Russian, in English when somebody wrote it. */
export interface TitlesView {
  readonly ru: string;
  readonly en: string | null;
}

export interface DictionaryEntryView {
  readonly id: string;
  /** Unique within the dictionary; other records name it. */
  readonly code: string;
  readonly titles: TitlesView;
  readonly parentId: string | null;
  /** Level, from 1. */
  readonly depth: number;
  /** Place among the siblings, from 0. */
  readonly position: number;
  /** No longer offered; what names it keeps it. */
  readonly isArchived: boolean;
}

export interface DictionaryView {
  readonly id: string;
  readonly code: string;
  readonly titles: TitlesView;
  readonly isSystem: boolean;
  readonly version: number;
  /** Parents before their children, siblings in order. */
  readonly entries: readonly DictionaryEntryView[];
}
