/** What a stack must hold beyond what docker itself checks. */

const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const nameIn = (entry) => (isMap(entry) ? entry.source : String(entry).split(':')[0]);
const namesIn = (list) => (isMap(list) ? Object.keys(list) : (list ?? []).map(nameIn));
/** A named volume, not a path of the host. */
const isNamed = (volume) => !/^[./~]/.test(volume ?? '');

const KINDS = ['secrets', 'configs', 'networks', 'volumes'];

const undeclared = (stack, service) =>
  KINDS.flatMap((kind) =>
    namesIn(service[kind])
      .filter((name) => (kind !== 'volumes' || isNamed(name)) && !Object.hasOwn(stack[kind] ?? {}, name))
      .map((name) => `uses ${kind} '${name}', which the stack does not declare`),
  );

/** `NAME_FILE: /run/secrets/x` without the secret x fails only when the task starts. */
const missingSecrets = (service) => {
  const mounted = new Set(
    (service.secrets ?? []).map((entry) => (isMap(entry) ? (entry.target ?? entry.source) : entry)),
  );
  const texts = [...Object.values(service.environment ?? {}), ...[service.command ?? []].flat()].map(String);
  return texts
    .map((text) => /^\/run\/secrets\/([\w.-]+)$/.exec(text)?.[1])
    .filter((name) => name && !mounted.has(name))
    .map((name) => `reads the secret '${name}', which it is not given`);
};

const JOB_MODES = ['replicated-job', 'global-job'];

const missingCare = ({ deploy = {}, healthcheck }) => {
  const limits = deploy.resources?.limits ?? {};
  const isJob = JOB_MODES.includes(deploy.mode);
  return [
    !limits.cpus && 'has no CPU limit',
    !limits.memory && 'has no memory limit',
    !isJob && !healthcheck?.test && 'has no health check',
    !isJob && !deploy.update_config && 'does not say how it is updated',
    isJob && deploy.restart_policy?.condition !== 'none' && 'is a job, but is restarted',
    isJob && deploy.update_config && 'is a job, which docker refuses to update in steps',
  ].filter(Boolean);
};

const faultsOfService = (stack, service) => {
  if (!isMap(service)) return ['is not a map'];
  if (!service.image) return ['has no image'];
  return [...undeclared(stack, service), ...missingSecrets(service), ...missingCare(service)];
};

/** @returns one sentence per fault */
export const findStackFaults = (stack) => {
  if (!isMap(stack?.services)) return ['has no services'];
  return Object.entries(stack.services).flatMap(([name, service]) =>
    faultsOfService(stack, service).map((fault) => `service '${name}' ${fault}`),
  );
};
