import { Query } from '@nestjs/cqrs';
import type { Language } from '#domain/identity/workspace-settings.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';

/** What a workspace says of itself. */
export interface WorkspaceView {
  readonly id: string;
  readonly name: string;
  /** Name in the IANA time zone database. */
  readonly timeZone: string;
  readonly language: Language;
  /** Grows with every change. */
  readonly version: number;
}

/** The current workspace. */
@Permission('identity:read-self')
export class GetWorkspaceQuery extends Query<WorkspaceView> {}
