/** What the operator decides about files. */
export interface FileSettings {
  /** Largest file, in bytes. */
  readonly maxBytes: number;
  /** All files of a workspace together, in bytes. */
  readonly workspaceBytes: number;
  /** Media types that are taken; a star stands for all of a family. */
  readonly allowedTypes: readonly string[];
}
export const FILE_SETTINGS = Symbol('FileSettings');
