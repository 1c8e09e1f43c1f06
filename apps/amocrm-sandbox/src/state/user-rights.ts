/** amoCRM: A = all, G = own group, M = own, D = denied. */
export type Right = 'A' | 'G' | 'M' | 'D';

export interface EntityRights {
  readonly view: Right;
  readonly edit: Right;
  readonly add: Right;
  readonly delete: Right;
  readonly export: Right;
}
