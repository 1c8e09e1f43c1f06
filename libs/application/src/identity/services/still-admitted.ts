import { Inject, Injectable } from '@nestjs/common';
import { type ApiKeyFacts, refusalOf } from '#domain/identity/api-key.js';
import { isPermission, type Permission, type Role } from '#domain/identity/permissions.js';
import { AppError } from '#domain/shared/app-error.js';
import type { ApiKeyId } from '#domain/shared/ids.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { CurrentContext } from '../../shared/context/current-context.js';
import type { Actor } from '../../shared/context/request-context.js';
import { CLOCK, type Clock } from '../../shared/ports/clock.js';
import { API_KEY_DIRECTORY, type ApiKeyDirectory } from '../ports/api-keys.js';
import { readKey } from './api-key-text.js';
import type { SignedIn } from './authenticator.js';
import { BriefMemory } from './brief-memory.js';
import { isAllowedFrom, type KeySignedIn } from './key-authenticator.js';
import { RoleAccess } from './role-access.js';
import { SessionGate } from './session-gate.js';
import { WidgetAuthenticator, type WidgetSignedIn } from './widget-authenticator.js';

/** So long, at most, an answer that goes on outlives the credential it was asked for with. */
export const ADMISSION_BELIEVED_MS = 2_000;
const MAX_CREDENTIALS = 10_000;

/**
 * Tells answers that go on for long whether whoever reads them is still let in, and may still do all that he might when
 * they began. A credential costs one look-up in two seconds and process, however often and for however many answers it
 * is asked about.
 */
@Injectable()
export class StillAdmitted {
  readonly #keys: BriefMemory<ApiKeyFacts | null>;
  readonly #visitors: BriefMemory<WidgetSignedIn>;

  constructor(
    private readonly context: CurrentContext,
    private readonly sessions: SessionGate,
    private readonly roles: RoleAccess,
    widget: WidgetAuthenticator,
    @Inject(API_KEY_DIRECTORY) directory: ApiKeyDirectory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    const limits = { ms: ADMISSION_BELIEVED_MS, maxEntries: MAX_CREDENTIALS };
    this.#keys = new BriefMemory(limits, (id) => directory.locate(id as ApiKeyId));
    this.#visitors = new BriefMemory(limits, (token) => widget.authenticate(token));
  }

  /** Its access token may have ended: the session counts. @throws AppError `shared.unauthenticated` | `shared.forbidden` */
  async assertSession(signedIn: SignedIn): Promise<void> {
    await this.sessions.assertOpen(signedIn);
    const { workspaceId, actor } = signedIn;
    if (actor.kind !== 'user') return;
    assertKept(actor, await this.roles.permissionsOf(workspaceId, actor.role as Role));
  }

  /** It is no use of the key, and counts for none. @throws AppError `shared.unauthenticated` | `shared.forbidden` */
  async assertKey(text: string, { actor }: KeySignedIn): Promise<void> {
    const presented = readKey(text);
    const key = presented && (await this.#keys.get(presented.id, this.nowMs()));
    const address = this.context.get().ip ?? null;
    const isTaken = key && refusalOf(key, presented.hash, this.clock.now()) === null && isAllowedFrom(key, address);
    if (!isTaken) throw ended('api key');
    assertKept(actor, new Set(key.scopes.filter(isPermission)));
  }

  /** Ends with the token at the latest. @throws AppError `shared.unauthenticated` | `shared.forbidden` */
  async assertVisitor(token: string, { actor }: WidgetSignedIn): Promise<void> {
    const now = await this.#visitors.get(token, this.nowMs());
    assertKept(actor, permissionsIn(now.actor));
  }

  private nowMs(): number {
    return this.clock.now().getTime();
  }
}

const permissionsIn = (actor: Actor): ReadonlySet<Permission> =>
  'permissions' in actor ? actor.permissions : new Set<Permission>();

const assertKept = (before: Actor, now: ReadonlySet<Permission>): void => {
  const lost = [...permissionsIn(before)].filter((permission) => !now.has(permission));
  if (lost.length > 0)
    throw new AppError(sharedErrors['shared.forbidden'], { cause: new Error(`lost: ${lost.join()}`) });
};

const ended = (what: string): AppError =>
  new AppError(sharedErrors['shared.unauthenticated'], { cause: new Error(`${what}: taken no more`) });
