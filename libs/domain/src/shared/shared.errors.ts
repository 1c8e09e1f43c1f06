import { defineErrors } from './app-error.js';

/** Errors that no single context owns. */
export const sharedErrors = defineErrors({
  'shared.validation_failed': ['invalid', 'The request is not valid'],
  'shared.malformed_body': ['invalid', 'The body cannot be read'],
  'shared.unauthenticated': ['unauthenticated', 'A credential is needed'],
  'shared.forbidden': ['forbidden', 'Not permitted'],
  'shared.not_found': ['not_found', 'Not found'],
  'shared.version_conflict': ['conflict', 'The record was changed meanwhile'],
  'shared.idempotency_key_reused': ['invalid', 'The idempotency key was used with another request'],
  'shared.idempotency_in_progress': ['conflict', 'The same request is still being carried out'],
  'shared.rate_limited': ['limit', 'Too many requests'],
  'shared.too_large': ['too_large', 'The request is too large'],
  'shared.unsupported_media_type': ['unsupported', 'The content type is not supported'],
  'shared.file_storage_failed': ['upstream_busy', 'Files cannot be stored or read at the moment'],
  'shared.internal': ['internal', 'Something went wrong on our side'],
  'shared.unavailable': ['upstream_down', 'A service that we depend on is not available'],
});
