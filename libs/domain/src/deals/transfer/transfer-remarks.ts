import type { CopyRemark } from '../copy-plan.js';
import { remark } from '../remarks.js';
import type { EntityChange } from './entity-change.js';

type Which = Pick<EntityChange, 'entity' | 'id'>;

/** Somebody changed or deleted it after us, or before we came: it is left alone. */
export const changedMeanwhile = ({ entity, id }: Which): CopyRemark => {
  switch (entity) {
    case 'deal':
      return remark('deals.remark.deal_changed', { deal: id });
    case 'task':
      return remark('deals.remark.task_changed', { task: id });
    case 'contact':
      return remark('deals.remark.contact_changed', { contact: id });
    case 'company':
      return remark('deals.remark.company_changed', { company: id });
  }
};

/** amoCRM refused to hand it over; the deal itself was transferred. */
export const notHanded = ({ entity, id }: Which, reason: string): CopyRemark => {
  switch (entity) {
    case 'deal':
    case 'task':
      return remark('deals.remark.task_not_handed', { task: id, reason });
    case 'contact':
      return remark('deals.remark.contact_not_handed', { contact: id, reason });
    case 'company':
      return remark('deals.remark.company_not_handed', { company: id, reason });
  }
};

/** Another deal of the same operation has it, and hands it to somebody else. */
export const takenByAnother = ({ entity, id }: Which): CopyRemark =>
  entity === 'company'
    ? remark('deals.remark.company_taken', { company: id })
    : remark('deals.remark.contact_taken', { contact: id });
