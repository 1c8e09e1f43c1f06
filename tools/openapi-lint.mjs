/**
 * Check an OpenAPI 3.1 document: against the specification's own schema, then against the house rules.
 *
 *   node tools/openapi-lint.mjs FILE.json
 *
 * Prints one line per fault and exits 1 when there is one.
 */
import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { findHouseFaults } from './openapi-lint-rules.mjs';

const fail = (faults) => {
  for (const fault of faults) console.error(fault);
  process.exitCode = 1;
};

const schemaFaults = async (document) => {
  const { valid, errors } = await new Validator().validate(document);
  if (valid) return [];
  if (!Array.isArray(errors)) return [`schema: ${errors}`];
  const lines = errors.map(({ instancePath, message }) => `schema: ${instancePath || '/'} ${message}`);
  return [...new Set(lines)];
};

const lint = async (file) => {
  const document = JSON.parse(readFileSync(file, 'utf8'));
  if (!/^3\.1\.\d+$/.test(document.openapi ?? ''))
    return [`is no OpenAPI 3.1 document: openapi is ${document.openapi}`];
  // The validator works on the object it is given.
  return [...(await schemaFaults(structuredClone(document))), ...findHouseFaults(document)];
};

const [file, ...rest] = process.argv.slice(2);
if (!file || rest.length > 0) {
  fail(['usage: node tools/openapi-lint.mjs FILE.json']);
} else {
  try {
    const faults = await lint(file);
    if (faults.length > 0) fail(faults.map((fault) => `${file}: ${fault}`));
    else console.log(`${file} is sound`);
  } catch (error) {
    fail([`${file}: ${error.message}`]);
  }
}
