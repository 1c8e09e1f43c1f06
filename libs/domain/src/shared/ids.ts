declare const brand: unique symbol;
type Branded<T, B extends string> = T & { readonly [brand]: B };

/** UUID v7 of a workspace: one company, one amoCRM account. */
export type WorkspaceId = Branded<string, 'WorkspaceId'>;
export type UserId = Branded<string, 'UserId'>;
export type InvitationId = Branded<string, 'InvitationId'>;
export type SessionId = Branded<string, 'SessionId'>;
export type ApiKeyId = Branded<string, 'ApiKeyId'>;
export type HookTokenId = Branded<string, 'HookTokenId'>;
export type OperationId = Branded<string, 'OperationId'>;
/** The id of an operation that copies. */
export type CopyOperationId = OperationId;
/** The id of an operation that transfers. */
export type TransferId = OperationId;
export type CopyItemId = Branded<string, 'CopyItemId'>;
export type DictionaryId = Branded<string, 'DictionaryId'>;
export type DictionaryEntryId = Branded<string, 'DictionaryEntryId'>;
/** An entry of a client's history: a comment, an interaction, or what the product did. */
export type ClientEntryId = Branded<string, 'ClientEntryId'>;

/** A person or a company. */
export type ClientId = Branded<string, 'ClientId'>;
export type ClientFieldId = Branded<string, 'ClientFieldId'>;
export type ClientViewId = Branded<string, 'ClientViewId'>;
/** A file that belongs, or is going to belong, to a client's history. */
export type ClientFileId = Branded<string, 'ClientFileId'>;

/** amoCRM's own ids: positive integers, unique within one account and entity kind. */
export type AmoDealId = Branded<number, 'AmoDealId'>;
export type AmoUserId = Branded<number, 'AmoUserId'>;

/** Mark a checked value as an id of the wanted kind; the caller vouches for the check. */
export const asId = <T extends Branded<string, string> | Branded<number, string>>(
  value: T extends string ? string : number,
): T => value as unknown as T;
