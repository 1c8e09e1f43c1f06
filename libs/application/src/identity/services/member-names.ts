import { Inject, Injectable } from '@nestjs/common';
import { AppBus } from '../../shared/bus/app-bus.js';
import { CurrentContext } from '../../shared/context/current-context.js';
import { CLOCK, type Clock } from '../../shared/ports/clock.js';
import { FindMembersQuery } from '../queries/find-members/find-members.query.js';

const KEEP_MS = 60_000;
const MAX_KEPT = 10_000;

interface Kept {
  readonly name: string | null;
  readonly until: number;
}

/**
 * Names of members of the workspace, for other contexts, which keep ids only. Kept for a minute: the same few people are on
 * every screen, and a new name may take that long to be seen.
 */
@Injectable()
export class MemberNames {
  readonly #kept = new Map<string, Kept>();

  constructor(
    private readonly bus: AppBus,
    private readonly context: CurrentContext,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Names by id, in one question at most and whatever else the actor may; null for whoever is no member. */
  async of(ids: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
    const now = this.clock.now().getTime();
    const names = new Map<string, string | null>();
    const wanted: string[] = [];
    for (const id of ids) {
      const kept = this.#kept.get(this.keyOf(id));
      if (kept && kept.until > now) names.set(id, kept.name);
      else wanted.push(id);
    }
    if (wanted.length === 0) return names;
    const asked = { ...this.context.get(), actor: { kind: 'system' } } as const;
    const found = await this.context.run(asked, () => this.bus.ask(new FindMembersQuery(wanted)));
    const known = new Map(found.map(({ id, name }) => [id, name]));
    if (this.#kept.size > MAX_KEPT) this.#kept.clear();
    for (const id of wanted) {
      const name = known.get(id) ?? null;
      names.set(id, name);
      this.#kept.set(this.keyOf(id), { name, until: now + KEEP_MS });
    }
    return names;
  }

  private keyOf(id: string): string {
    return `${this.context.workspaceId()} ${id}`;
  }
}
