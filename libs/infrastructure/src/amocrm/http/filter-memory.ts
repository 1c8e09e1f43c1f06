import { PAGE_ROWS } from './paged-read.js';

/** What was learnt is tried again after this: accounts buy options, and amoCRM has better hours. */
const FORGET_AFTER_MS = 60 * 60_000;

interface Lesson<T> {
  readonly value: T;
  readonly until: number;
}

/** What this process has learnt about the filters of each account, so that it does not ask in vain again and again. */
export class FilterMemory {
  readonly #idsPerRequest = new Map<string, Lesson<number>>();
  readonly #filtersOff = new Map<string, Lesson<true>>();

  constructor(private readonly now: () => number = Date.now) {}

  /** How many ids to put in one filter of a list. */
  idsPerRequest(account: string, path: string): number {
    return this.recall(this.#idsPerRequest, `${account} ${path}`) ?? PAGE_ROWS;
  }

  /** A filter with more ids than this did not work. */
  learnIdsPerRequest(account: string, path: string, ids: number): void {
    this.#idsPerRequest.set(`${account} ${path}`, this.lesson(ids));
  }

  /** True when the account is known not to have the paid filters on deals. */
  areFiltersOff(account: string): boolean {
    return this.recall(this.#filtersOff, account) ?? false;
  }

  learnFiltersOff(account: string): void {
    this.#filtersOff.set(account, this.lesson(true));
  }

  private lesson<T>(value: T): Lesson<T> {
    return { value, until: this.now() + FORGET_AFTER_MS };
  }

  private recall<T>(lessons: Map<string, Lesson<T>>, key: string): T | undefined {
    const lesson = lessons.get(key);
    if (lesson && lesson.until > this.now()) return lesson.value;
    lessons.delete(key);
    return undefined;
  }
}
