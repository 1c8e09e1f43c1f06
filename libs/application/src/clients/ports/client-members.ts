/** Who of the workspace may stand in a field. */
export interface ClientMembers {
  /** Those of `ids` that are members. */
  known(ids: readonly string[]): Promise<ReadonlySet<string>>;
}
export const CLIENT_MEMBERS = Symbol('ClientMembers');
