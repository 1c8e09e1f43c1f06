import type { DictionaryEntryId } from '../../shared/ids.js';

/** What an entry or a dictionary is called: always in Russian, in English when somebody wrote it. */
export interface Titles {
  readonly ru: string;
  readonly en: string | null;
}

/** One value of a dictionary. */
export interface DictionaryEntry {
  readonly id: DictionaryEntryId;
  /** Stable name within the dictionary, never changed: what other records keep. */
  readonly code: string;
  readonly titles: Titles;
  readonly parentId: DictionaryEntryId | null;
  /** Place among the entries of the same parent, from 0. */
  readonly position: number;
  /** Since when it is no longer offered; what already names it keeps it. */
  readonly archivedAt: Date | null;
}

/** Levels of a dictionary: an entry, its children, their children … */
export const MAX_DEPTH = 5;
export const MAX_ENTRIES = 1_000;
export const MAX_TITLE = 200;
/** Of dictionaries and entries. */
export const CODE = /^[a-z][a-z0-9_]{0,59}$/;

type Node = Pick<DictionaryEntry, 'id' | 'parentId' | 'position'>;

/** Entries as a person reads them: each parent before its children, siblings by position, with the level from 1. */
export const inTreeOrder = <T extends Node>(entries: readonly T[]): readonly (T & { readonly depth: number })[] => {
  const childrenOf = new Map<string | null, T[]>();
  for (const entry of entries) childrenOf.set(entry.parentId, [...(childrenOf.get(entry.parentId) ?? []), entry]);
  const branch = (parentId: string | null, depth: number): (T & { depth: number })[] =>
    (childrenOf.get(parentId) ?? [])
      .sort((a, b) => a.position - b.position)
      .flatMap((entry) => [{ ...entry, depth }, ...branch(entry.id, depth + 1)]);
  return branch(null, 1);
};

/** Level of an entry, 1 at the top. */
export const levelOf = (entries: ReadonlyMap<string, Node>, id: string): number => {
  let level = 1;
  for (let at = entries.get(id)?.parentId; at; at = entries.get(at)?.parentId) level++;
  return level;
};

/** How many levels hang below an entry, itself included. */
export const heightOf = (entries: readonly Node[], id: string): number =>
  1 + Math.max(0, ...entries.filter(({ parentId }) => parentId === id).map((child) => heightOf(entries, child.id)));

/** True when `id` is `ancestor` or hangs somewhere below it. */
export const isWithin = (entries: ReadonlyMap<string, Node>, id: string, ancestor: string): boolean => {
  for (let at: string | null | undefined = id; at; at = entries.get(at)?.parentId) if (at === ancestor) return true;
  return false;
};
