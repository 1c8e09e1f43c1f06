import type { Page, PageRequest } from '../../shared/paging.js';
import type { InvitationView } from '../queries/list-invitations/invitation.view.js';
import type { MemberFilter, MemberView } from '../queries/list-members/member.view.js';

/** An invitation without what became of its mail, which another context knows. */
export interface InvitationRow extends Omit<InvitationView, 'mailState' | 'mailError'> {
  /** The newest mail. */
  readonly mailId: string;
}

/** Members and invitations of the current workspace, read for the screens that show them. */
export interface PeopleScreens {
  /** In the order in which their accounts were made. @throws AppError `shared.validation_failed` for a cursor that is not ours */
  listMembers(filter: MemberFilter, page: PageRequest): Promise<Page<MemberView>>;
  findMember(id: string): Promise<MemberView | null>;
  /** Newest first. @throws AppError `shared.validation_failed` for a cursor that is not ours */
  listInvitations(page: PageRequest, at: Date): Promise<Page<InvitationRow>>;
  findInvitation(id: string, at: Date): Promise<InvitationRow | null>;
}
export const PEOPLE_SCREENS = Symbol('PeopleScreens');
