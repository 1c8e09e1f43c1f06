/** The structure of a GitLab pipeline: what GitLab's own lint would refuse, without a GitLab. */

const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value) => (value === undefined ? [] : [value].flat());

/** Keys at the top that are no jobs. GitLab: CI/CD YAML syntax reference, "Global keywords". */
const GLOBAL = new Set(['default', 'include', 'spec', 'stages', 'variables', 'workflow', 'cache', 'services', 'image']);
const BUILT_IN_STAGES = ['.pre', '.post'];
const IMPLIED_STAGE = 'test';

/** A job with everything it extends, own keys last; throws a sentence when the chain is broken. */
const resolve = (ci, name, trail = []) => {
  if (trail.includes(name)) throw new Error(`extends itself through ${[...trail, name].join(' -> ')}`);
  const own = ci[name];
  if (!isMap(own)) throw new Error(trail.length > 0 ? `extends '${name}', which does not exist` : 'is not a map');
  const bases = listOf(own.extends).map((base) => resolve(ci, base, [...trail, name]));
  return Object.assign({}, ...bases, own);
};

const scriptFaults = (job) => {
  const script = listOf(job.script).flat(Infinity);
  const isText = script.every((line) => typeof line === 'string' && line.trim() !== '');
  if (job.trigger || job.run) return [];
  if (script.length === 0) return ['has no script'];
  // An unquoted `: ` makes a map of a command.
  return isText ? [] : ['has a script line that is no text'];
};

const ruleFaults = ({ rules, only, except }) => {
  if (only || except) return ['uses only/except: say it with rules'];
  if (!Array.isArray(rules) || rules.length === 0) return ['has no rules'];
  return rules.flat(Infinity).every(isMap) ? [] : ['has a rule that is no map'];
};

const needNames = (job) => listOf(job.needs).map((need) => (isMap(need) ? need.job : need));

const needFaults = (job, jobs, stages) =>
  needNames(job)
    .filter((need) => need !== undefined)
    .flatMap((need) => {
      const needed = jobs.get(need);
      if (!needed) return [`needs '${need}', which does not exist`];
      const order = stages.indexOf(needed.stage ?? IMPLIED_STAGE) - stages.indexOf(job.stage ?? IMPLIED_STAGE);
      return order > 0 ? [`needs '${need}' of a later stage`] : [];
    });

const faultsOfJob = (job, jobs, stages) => {
  const stage = job.stage ?? IMPLIED_STAGE;
  return [
    ...(stages.includes(stage) ? [] : [`is in the stage '${stage}', which is not declared`]),
    ...scriptFaults(job),
    ...ruleFaults(job),
    ...needFaults(job, jobs, stages),
  ];
};

/** Jobs that can only wait for each other. */
const findCircle = (jobs) => {
  const done = new Set();
  const visit = (name, trail) => {
    if (trail.includes(name)) return [...trail.slice(trail.indexOf(name)), name];
    if (done.has(name) || !jobs.has(name)) return undefined;
    done.add(name);
    for (const need of needNames(jobs.get(name))) {
      const circle = visit(need, [...trail, name]);
      if (circle) return circle;
    }
    return undefined;
  };
  for (const name of jobs.keys()) {
    const circle = visit(name, []);
    if (circle) return [`jobs need each other: ${circle.join(' -> ')}`];
  }
  return [];
};

const resolveAll = (ci) => {
  const jobs = new Map();
  const faults = [];
  for (const name of Object.keys(ci).filter((key) => !GLOBAL.has(key))) {
    // A hidden key may be anything that an anchor or a reference picks from.
    if (name.startsWith('.') && !isMap(ci[name])) continue;
    try {
      const job = resolve(ci, name);
      if (!name.startsWith('.')) jobs.set(name, job);
    } catch (error) {
      faults.push(`job '${name}' ${error.message}`);
    }
  }
  return { jobs, faults };
};

/** @returns one sentence per fault */
export const findCiFaults = (ci) => {
  if (!isMap(ci)) return ['is not a map'];
  if (!Array.isArray(ci.stages) || ci.stages.length === 0) return ['declares no stages'];
  const stages = [BUILT_IN_STAGES[0], ...ci.stages, BUILT_IN_STAGES[1]];
  const { jobs, faults } = resolveAll(ci);
  const unused = ci.stages.filter((stage) => ![...jobs.values()].some((job) => (job.stage ?? IMPLIED_STAGE) === stage));
  return [
    ...faults,
    ...[...jobs].flatMap(([name, job]) => faultsOfJob(job, jobs, stages).map((fault) => `job '${name}' ${fault}`)),
    ...findCircle(jobs),
    ...unused.map((stage) => `stage '${stage}' has no job`),
  ];
};
