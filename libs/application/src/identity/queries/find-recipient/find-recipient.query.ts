import { Query } from '@nestjs/cqrs';
import type { Permission as PermissionName } from '#domain/identity/permissions.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';

/** A member who may be told something. */
export interface RecipientView {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** The member, unless blocked, gone, or without the permission to see what the message is about. For other contexts. */
@Permission('system')
export class FindRecipientQuery extends Query<RecipientView | null> {
  constructor(
    readonly userId: string,
    readonly needs: PermissionName,
  ) {
    super();
  }
}
