/** The shortest time that a job is put back for. */
const SHORTEST_MS = 250;
/** The longest: what is known of the jobs ahead is a guess, and they may be done much sooner. */
const LONGEST_MS = 30_000;
/** What a job is taken to last before any has ended, in milliseconds. */
const FIRST_GUESS_MS = 2_000;
/** Weight of the latest job in the running average. */
const LATEST = 0.25;

interface Place {
  running: number;
  /** When each job that was put back is due, oldest first. */
  readonly putBack: number[];
  lastsMs: number;
}

/**
 * Shares the hands of one consumer between workspaces. A copy spends most of its time waiting for its account's request
 * budget, so one account with much to do would hold every hand while the others' jobs stand behind it in the queue. No
 * workspace gets more than three quarters of the hands; a job beyond that goes back into the queue for about as long as
 * those ahead of it will take, so that it does not come round in vain again and again.
 */
export class WorkspaceSlots {
  readonly #places = new Map<string, Place>();
  readonly #share: number;

  /** @param hands  jobs that the consumer works on at once */
  constructor(
    hands: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#share = shareOf(hands);
  }

  /** Take a hand for a job. @returns for how many milliseconds to put it back instead, or how to give the hand back */
  take(workspaceId: string): { readonly putBackMs: number } | { readonly release: () => void } {
    const now = this.now();
    const place = this.placeOf(workspaceId, now);
    if (place.running >= this.#share) return { putBackMs: this.putBack(place, now) };
    place.running += 1;
    return { release: () => this.release(place, now) };
  }

  /** Workspaces that have a job here or put back; the rest are forgotten. */
  get size(): number {
    return this.#places.size;
  }

  private placeOf(workspaceId: string, now: number): Place {
    for (const [other, place] of this.#places) {
      while (place.putBack.length > 0 && (place.putBack[0] ?? 0) <= now) place.putBack.shift();
      if (place.running === 0 && place.putBack.length === 0 && other !== workspaceId) this.#places.delete(other);
    }
    const place = this.#places.get(workspaceId) ?? { running: 0, putBack: [], lastsMs: FIRST_GUESS_MS };
    this.#places.set(workspaceId, place);
    return place;
  }

  private putBack(place: Place, now: number): number {
    const ahead = place.putBack.length + 1;
    const ms = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, (ahead * place.lastsMs) / this.#share));
    const due = now + ms;
    const position = place.putBack.findLastIndex((other) => other <= due) + 1;
    place.putBack.splice(position, 0, due);
    return Math.ceil(ms);
  }

  private release(place: Place, since: number): void {
    place.running -= 1;
    place.lastsMs += LATEST * (this.now() - since - place.lastsMs);
  }
}

/** How many of so many hands one workspace may hold: one of four is left to others, and a single one is for whoever comes. */
export const shareOf = (hands: number): number => Math.max(1, hands - Math.ceil(hands / 4));
