/** A saved list. */
export interface SavedViewView {
  readonly id: string;
  readonly title: string;
  readonly shared: boolean;
  readonly mine: boolean;
  readonly ownerId: string;
  /** Filters and order, as the list takes them. */
  readonly query: Readonly<Record<string, unknown>>;
  readonly version: number;
  readonly createdAt: string;
}
