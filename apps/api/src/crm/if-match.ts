import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';

const ETAG = /^(?:W\/)?"(\d{1,9})"$/;

/** The `ETag` of a version. */
export const etagOf = (version: number): string => `"${version}"`;

/**
 * The version that a caller saw, from `If-Match`; undefined when it is left out or `*`.
 * @throws AppError `shared.validation_failed`
 */
export const versionOf = (ifMatch: string | undefined): number | undefined => {
  if (ifMatch === undefined || ifMatch === '*') return undefined;
  const [, version] = ETAG.exec(ifMatch) ?? [];
  if (version !== undefined) return Number(version);
  const issue = { path: 'If-Match', code: 'malformed', message: 'must be the ETag of an earlier answer' };
  throw new AppError(sharedErrors['shared.validation_failed'], { issues: [issue] });
};
