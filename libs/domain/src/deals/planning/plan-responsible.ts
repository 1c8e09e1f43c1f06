import { activeUser, type CopyDirectory, type CopyUser } from '../copy-directory.js';
import type { ResponsibleRule } from '../copy-options.js';
import type { CopyRemark } from '../copy-plan.js';
import { remark } from '../remarks.js';
import type { SourceDeal } from '../source-deal.js';
import { builtIn, changed, kept, planned, type PlannedPart } from './part.js';

type Users = Pick<CopyDirectory, 'users'>;

export interface ResponsibleInput {
  /** The requester among amoCRM's users, null when there is none. */
  readonly requesterAmoUserId: number | null;
  /** Turn of this item, from 0, going on from operation to operation. */
  readonly roundRobinIndex: number;
}

/** What people call a user; those who were deleted are known by their id only. */
export const userName = ({ users }: Users, id: number): string =>
  users.find((user) => user.id === id)?.name ?? `#${id}`;

type Choice = { readonly user: CopyUser } | { readonly warning: CopyRemark };

const active = (id: number, directory: Users): Choice => {
  const user = activeUser(directory, id);
  return user ? { user } : { warning: remark('deals.remark.responsible_inactive', { user: userName(directory, id) }) };
};

const nextInTurn = (userIds: readonly number[], turn: number, directory: Users): Choice => {
  const users = [...new Set(userIds)].flatMap((id) => activeUser(directory, id) ?? []);
  // Turns are counted over those who work now: stepping past a gap would give its neighbour a double share.
  const index = Number.isSafeInteger(turn) && turn >= 0 ? turn : 0;
  const user = users[index % Math.max(1, users.length)];
  return user ? { user } : { warning: remark('deals.remark.round_robin_empty') };
};

const choose = (rule: ResponsibleRule, source: SourceDeal, directory: Users, input: ResponsibleInput): Choice => {
  switch (rule.mode) {
    case 'same':
      return active(source.responsibleUserId, directory);
    case 'user':
      return active(rule.userId, directory);
    case 'requester':
      return input.requesterAmoUserId === null
        ? { warning: remark('deals.remark.requester_unknown') }
        : active(input.requesterAmoUserId, directory);
    case 'round_robin':
      return nextInTurn(rule.userIds, input.roundRobinIndex, directory);
  }
};

/**
 * Who the copy belongs to; null, with a warning, when the rule gives nobody whom amoCRM would accept: naming a
 * deactivated user makes it refuse the whole deal (amoCRM API: leads).
 */
export const planResponsible = (
  rule: ResponsibleRule,
  source: SourceDeal,
  directory: Users,
  input: ResponsibleInput,
): PlannedPart<CopyUser | null> => {
  const choice = choose(rule, source, directory, input);
  const before = userName(directory, source.responsibleUserId);
  const named = builtIn('responsible');
  if ('warning' in choice) return planned(null, [changed(named, before, null, choice.warning)], [choice.warning]);
  const { user } = choice;
  return planned(user, [
    user.id === source.responsibleUserId ? kept(named, user.name) : changed(named, before, user.name),
  ]);
};
