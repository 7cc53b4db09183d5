import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { anAlertEvent } from '../../testing/alert-samples.ts';
import { alertEventSchema } from '../../contract/alerts/event.ts';

const path = join(import.meta.dirname, '../../../docs/schemas/alert-event-1.json');

/** The schema for receivers: it allows fields that a later version adds. */
function schemaForReceivers(): object {
  const schema = z.toJSONSchema(alertEventSchema, {
    io: 'output',
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return {
    ...schema,
    title: 'An alert of NCP Scheduler',
    description: 'What a webhook and a command receive. See docs/alerts.md.',
  };
}

it('docs/schemas/alert-event-1.json is the schema of the event', async () => {
  // `vitest -u` writes the file after a deliberate addition; nothing may be removed within version 1.
  await expect(`${JSON.stringify(schemaForReceivers(), null, 2)}\n`).toMatchFileSnapshot(path);
});

it('a strict validator accepts what is sent, and fields of a later version, but no other shape', () => {
  const ajv = new Ajv2020({ strict: true });
  addFormats(ajv);
  const isValid = ajv.compile(JSON.parse(readFileSync(path, 'utf8')) as object);
  const none = { task: null, run: null, output: null };
  for (const change of [{}, none, { lateMs: 7_200_000, possiblyTwice: true, later: 1 }]) {
    expect(isValid({ ...anAlertEvent(), ...change }), JSON.stringify(isValid.errors)).toBe(true);
  }
  expect(isValid({ ...anAlertEvent(), schema: 'ncp-scheduler.alert/2' })).toBe(false);
  expect(isValid({ ...anAlertEvent(), kind: 'unheard' })).toBe(false);
  const { title: _title, ...untitled } = anAlertEvent();
  expect(isValid(untitled)).toBe(false);
});
