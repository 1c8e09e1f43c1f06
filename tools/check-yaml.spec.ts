import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from './arch/repository.js';

const STACK = readFileSync(join(ROOT, 'docker-stack.yml'), 'utf8');
const CI = readFileSync(join(ROOT, '.gitlab-ci.yml'), 'utf8');

/** One change to a sound file and what must be said about it. */
interface Break {
  readonly what: string;
  readonly from: string | RegExp;
  readonly to: string;
  readonly fault: RegExp;
}

const STACK_BREAKS: readonly Break[] = [
  { what: 'a doubled key', from: 'services:\n', to: 'services:\n  api: {}\n', fault: /Map keys must be unique/ },
  {
    what: 'an unknown alias',
    from: 'placement: *at-the-data',
    to: 'placement: *at-the-date',
    fault: /Unresolved alias/,
  },
  { what: 'a tab', from: '  api:\n', to: '\tapi:\n', fault: /[Tt]ab/ },
  { what: 'an undeclared secret', from: '    - redis_url\n', to: '    - redis_uri\n', fault: /'redis_uri'/ },
  {
    what: 'a secret that is read but not given',
    from: '    - redis_url\n',
    to: '',
    fault: /'api' reads the secret 'redis_url'/,
  },
  { what: 'an undeclared volume', from: 'redis-data:/data', to: 'redis-date:/data', fault: /volumes 'redis-date'/ },
  {
    what: 'no memory limit',
    from: /, memory: 256M \}\n {8}reservations: \{ cpus: '0.1'/,
    to: " }\n        reservations: { cpus: '0.1'",
    fault: /'proxy' has no memory limit/,
  },
  {
    what: 'a job that is restarted',
    from: 'condition: none',
    to: 'condition: any',
    fault: /'migrate' is a job, but is restarted/,
  },
  { what: 'no services', from: 'services:', to: 'x-services:', fault: /has no services/ },
];

const CI_BREAKS: readonly Break[] = [
  {
    what: 'a doubled key',
    from: 'lint:\n  extends',
    to: 'stages: []\nlint:\n  extends',
    fault: /Map keys must be unique/,
  },
  { what: 'an unknown anchor', from: '- *on-release', to: '- *on-relaese', fault: /Unresolved alias/ },
  {
    what: 'an undeclared stage',
    from: 'stage: deploy',
    to: 'stage: release',
    fault: /'release', which is not declared/,
  },
  {
    what: 'a stage without a job',
    from: 'build, deploy]',
    to: 'build, deploy, clean]',
    fault: /stage 'clean' has no job/,
  },
  {
    what: 'a job without a script',
    from: '  script:\n    - sh deploy/deploy.sh\n',
    to: '',
    fault: /'deploy' has no script/,
  },
  { what: 'a command that is a map', from: '- sh deploy/deploy.sh', to: '- echo deploy: now', fault: /no text/ },
  {
    what: 'a need that does not exist',
    from: "needs: ['build:image']",
    to: "needs: ['build:imgae']",
    fault: /needs 'build:imgae'/,
  },
  { what: 'a need of a later stage', from: 'needs: [lint,', to: 'needs: [deploy, lint,', fault: /later stage/ },
  {
    what: 'jobs that need each other',
    from: "needs: ['build:image']",
    to: 'needs: [deploy]',
    fault: /deploy -> deploy/,
  },
  {
    what: 'a job under a name that GitLab keeps for itself',
    from: /build:image/g,
    to: 'image',
    fault: /needs 'image', which does not exist/,
  },
  {
    what: 'a base that does not exist',
    from: 'extends: .test',
    to: 'extends: .tests',
    fault: /'.tests', which does not exist/,
  },
  {
    what: 'a job without rules',
    from: /(sh -n deploy\/deploy\.sh\n) {2}rules:\n {4}- when: on_success\n/,
    to: '$1',
    fault: /'stack' has no rules/,
  },
];

describe('check-yaml', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'check-yaml-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Without a docker client unless `path` has one: the tool must not need it. */
  const check = (files: { stack?: string; ci?: string }, path = '') => {
    const args = Object.entries(files).flatMap(([name, text]) => {
      const file = join(folder, `${name}.yml`);
      writeFileSync(file, text);
      return [`--${name}`, file];
    });
    const env = { ...process.env, PATH: path };
    return spawnSync(process.execPath, ['tools/check-yaml.mjs', ...args], { cwd: ROOT, encoding: 'utf8', env });
  };

  const broken = (text: string, { from, to }: Break): string => {
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    return changed;
  };

  it('finds the files of the project sound, with the docker client of this machine if it has one', () => {
    const { stderr, status } = check({}, process.env['PATH']);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it.each(STACK_BREAKS)('refuses a stack with $what', (change) => {
    const { stderr, status } = check({ stack: broken(STACK, change) });
    expect(status).toBe(1);
    expect(stderr).toMatch(change.fault);
  });

  it.each(CI_BREAKS)('refuses a pipeline with $what', (change) => {
    const { stderr, status } = check({ ci: broken(CI, change) });
    expect(status).toBe(1);
    expect(stderr).toMatch(change.fault);
  });

  it('names the file, one line a fault', () => {
    const { stderr } = check({ stack: 'services:\n  api: {}\n', ci: 'stages: []\n' });
    const lines = stderr.trim().split('\n');
    expect(lines).toEqual([
      expect.stringMatching(/stack\.yml: service 'api' has no image$/),
      expect.stringMatching(/ci\.yml: /),
    ]);
  });

  it('says so when a file is not there', () => {
    const args = ['tools/check-yaml.mjs', '--stack', join(folder, 'none.yml')];
    const { stderr, status } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toContain('ENOENT');
  });
});
