/**
 * Check the stack and the pipeline before somebody else's machine does.
 *
 *   node tools/check-yaml.mjs [--stack docker-stack.yml] [--ci .gitlab-ci.yml]
 *
 * Prints one line per fault and exits 1 when there is one. The stack is also given to `docker stack config` when a
 * docker client is installed; that needs no engine.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseDocument } from 'yaml';
import { findCiFaults } from './check-yaml-ci.mjs';
import { findStackFaults } from './check-yaml-stack.mjs';

const { values: files } = parseArgs({
  options: {
    stack: { type: 'string', default: 'docker-stack.yml' },
    ci: { type: 'string', default: '.gitlab-ci.yml' },
  },
});

/** GitLab's own tag: a reference to a part of another job. It is left as the path that it names. */
const REFERENCE = { tag: '!reference', collection: 'seq', resolve: (seq) => seq };

const messageOf = ({ message }) => message.split('\n')[0];

/** Parse strictly: a doubled key, an unknown alias or a warning is a fault. */
const read = (path) => {
  try {
    const document = parseDocument(readFileSync(path, 'utf8'), {
      merge: true,
      strict: true,
      uniqueKeys: true,
      customTags: [REFERENCE],
    });
    const faults = [...document.errors, ...document.warnings].map(messageOf);
    return faults.length > 0 ? { faults } : { faults, value: document.toJS() };
  } catch (error) {
    return { faults: [messageOf(error)] };
  }
};

/** Stand-ins for the variables that the stack asks for. */
const EXAMPLE = {
  SDELKA_IMAGE: 'example/sdelka:1.0.0',
  SDELKA_HOST: 'sdelka.example',
  SDELKA_ADMIN_EMAIL: 'admin@sdelka.example',
  AMOCRM_CLIENT_ID: 'client',
};

const findDockerFaults = (path) => {
  const { error, status, stdout, stderr } = spawnSync('docker', ['stack', 'config', '-c', path], {
    env: { ...EXAMPLE, ...process.env },
    encoding: 'utf8',
  });
  if (error?.code === 'ENOENT') {
    console.log(`${path}: no docker client here, its own check of the stack was left out`);
    return [];
  }
  if (error || status !== 0) return [`docker stack config: ${(error?.message ?? stderr).trim().split('\n').join(' ')}`];
  // What docker does not interpolate, nested defaults for one, it passes on as it stands.
  const left = stdout.split('\n').filter((line) => line.includes('${'));
  return left.map((line) => `docker stack config leaves a variable in: ${line.trim()}`);
};

const check = (path, findFaults) => {
  const { faults, value } = read(path);
  return (faults.length > 0 ? faults : findFaults(value)).map((fault) => `${path}: ${fault}`);
};

const faults = [
  ...check(files.stack, (stack) => [...findStackFaults(stack), ...findDockerFaults(files.stack)]),
  ...check(files.ci, findCiFaults),
];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else console.log(`${files.stack} and ${files.ci} are sound`);
