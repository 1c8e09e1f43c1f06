/** Longest name that is stored, in UTF-16 units: what file systems and browsers bear. */
export const MAX_FILE_NAME = 255;
const UNNAMED = 'file';

/** Controls, and what turns the direction of text: `gpj.exe` must not be shown as `exe.jpg`. */
const UNSEEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const LONE_SURROGATES = /\p{Cs}/gu;
const EDGES = /^[\s.]+|[\s.]+$/gu;

/**
 * A name that is safe to show and to save a file under: without folders, controls and turned text, in one Unicode form.
 *
 * @param given  what somebody calls the file; anything
 * @returns      1 to 255 characters; `file` when nothing is left
 */
export const cleanFileName = (given: string): string => {
  const last = given.normalize('NFC').split(/[/\\]/u).at(-1) ?? '';
  const clean = last.replace(UNSEEN, '').replace(LONE_SURROGATES, '').replace(EDGES, '');
  return clean === '' ? UNNAMED : shortened(clean);
};

/** The end of a name behind its last dot, in small letters; empty when it has none. */
export const extensionOf = (name: string): string => {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
};

const MAX_EXTENSION = 16;

/** Cut in the middle, between characters: the extension says what opens it. */
const shortened = (name: string): string => {
  if (name.length <= MAX_FILE_NAME) return name;
  const extension = extensionOf(name);
  const tail = extension === '' || extension.length > MAX_EXTENSION ? '' : name.slice(-extension.length - 1);
  let head = '';
  for (const character of name.slice(0, name.length - tail.length)) {
    if (head.length + character.length + tail.length > MAX_FILE_NAME) break;
    head += character;
  }
  return head.trimEnd() + tail;
};
