import { appendFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { modeFromEnvironment } from '#testing/product/product.js';
import { runLeg } from './leg.js';
import { SeededRandom } from './random.js';

/*
 * Leg after leg until the time is over, each with a product of its own and a seed that follows from the first: FAULTS_SEED
 * and FAULTS_LEG repeat one of them. One short leg unless FAULTS_MINUTES asks for the long run.
 */
const MINUTES = Number(process.env.FAULTS_MINUTES ?? 0);
const SEED = Number(process.env.FAULTS_SEED ?? Date.now() % 1_000_000);
const FIRST_LEG = Number(process.env.FAULTS_LEG ?? 1);
const KILLS_PER_LEG = Number(process.env.FAULTS_KILLS ?? (MINUTES > 0 ? 60 : 10));
const LONGEST_LEG_MS = 900_000;
const WHOLE = { lost: 0, doubled: 0, incomplete: 0, findings: [] };

describe(`legs of random deaths (seed ${SEED})`, () => {
  it(
    'lose nothing, double nothing, leave nothing half done',
    async () => {
      const deadline = Date.now() + MINUTES * 60_000;
      for (let leg = FIRST_LEG; leg === FIRST_LEG || Date.now() < deadline; leg++) {
        const report = await runLeg(`leg-${leg}`, new SeededRandom(SEED + leg), KILLS_PER_LEG);
        const line = JSON.stringify({ leg, mode: modeFromEnvironment(), ...report });
        process.stdout.write(`faults: ${line}\n`);
        if (process.env.FAULTS_REPORT) appendFileSync(process.env.FAULTS_REPORT, `${line}\n`);
        expect(report.census).toMatchObject(WHOLE);
        expect(report.transfers.findings).toEqual([]);
      }
    },
    MINUTES * 60_000 + LONGEST_LEG_MS,
  );
});
