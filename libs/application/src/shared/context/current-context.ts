import { Injectable } from '@nestjs/common';
import type { UserId, WorkspaceId } from '#domain/shared/ids.js';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { actorKey } from './actor-key.js';
import type { RequestContext } from './request-context.js';
import { Slot } from './surroundings.js';

// One per process, not per injector: the edge opens it before Nest is asked for anything.
const store = new Slot<RequestContext>();

/** The context of the work at hand. */
@Injectable()
export class CurrentContext {
  /** Run `work` in `context`; nested calls see the inner one. */
  run<T>(context: RequestContext, work: () => T): T {
    return store.run(context, work);
  }

  /** @throws Error when no edge opened a context: a programming error, never a user's. */
  get(): RequestContext {
    const context = store.get();
    if (!context) throw new Error('No request context is open here: open one at the edge');
    return context;
  }

  /** The context, or undefined outside of one; for logging and telemetry only. */
  peek(): RequestContext | undefined {
    return store.get();
  }

  /** @throws AppError `shared.unauthenticated` when the work has no workspace. */
  workspaceId(): WorkspaceId {
    const { workspaceId } = this.get();
    if (!workspaceId) throw new AppError(sharedErrors['shared.unauthenticated']);
    return workspaceId;
  }

  /** Id of the acting user, or null for those who are none: people of the widget, API keys, hooks and the product itself. */
  userId(): UserId | null {
    const { actor } = this.get();
    return actor.kind === 'user' ? actor.id : null;
  }

  /** Names whoever acts within the workspace, for what is counted or told apart by person: see `actorKey`. */
  actorKey(): string {
    return actorKey(this.get().actor);
  }
}
