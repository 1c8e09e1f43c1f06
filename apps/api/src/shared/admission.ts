import type { FastifyRequest } from 'fastify';

/**
 * Asks whether whoever sent a request is still let in.
 *
 * @throws AppError `shared.unauthenticated` | `shared.forbidden` when he is not
 */
export type AdmissionCheck = () => Promise<void>;

const checks = new WeakMap<FastifyRequest, AdmissionCheck>();

/** Remember how to ask again whether a request's credential is good, for answers that go on for long. */
export const keepAdmission = (request: FastifyRequest, check: AdmissionCheck): void => {
  checks.set(request, check);
};

/** How to ask again; only on routes that need a credential. */
export const admissionOf = (request: FastifyRequest): AdmissionCheck => {
  const check = checks.get(request);
  if (!check) throw new Error('The route is public: nobody was let in');
  return check;
};
