import type { WorkspaceId } from '#domain/shared/ids.js';

export interface DueMember {
  readonly workspaceId: WorkspaceId;
  readonly memberId: string;
}

/** Notifications of all workspaces. */
export interface NotificationCare {
  /** Members whom a mail is to tell something at `at`. */
  findDue(at: Date, limit: number): Promise<readonly DueMember[]>;
  /** Delete those made before `madeBefore`. @returns how many */
  forget(madeBefore: Date): Promise<number>;
}
export const NOTIFICATION_CARE = Symbol('NotificationCare');
