/** A member by name, for whoever shows ids to people. */
export interface FoundMemberView {
  readonly id: string;
  readonly name: string;
  /** False for somebody who was blocked. */
  readonly isActive: boolean;
}
