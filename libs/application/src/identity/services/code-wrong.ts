import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';

/** The code in the field `path` is wrong, or was used before. */
export const codeWrong = (path: string): AppError => {
  const spec = identityErrors['identity.code_wrong'];
  return new AppError(spec, { issues: [{ path, code: 'wrong', message: spec.title }] });
};
