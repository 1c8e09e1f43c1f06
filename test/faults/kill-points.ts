import { existsSync, readFileSync, rmSync } from 'node:fs';
import { HttpAmoDeals } from '#infrastructure/amocrm/deals/http-amo-deals.js';
import { HttpAmoTransfers } from '#infrastructure/amocrm/deals/http-amo-transfers.js';
import { PgCopyChunks } from '#infrastructure/postgres/deals/pg-copy-chunks.js';
import { PgTransferChanges } from '#infrastructure/postgres/deals/pg-transfer-changes.js';
import { CreatedResolver } from '#application/deals/copying/resolve-created.js';
import { TransferResumer } from '#application/deals/transferring/resume-chunk.js';
import type { ChunkSession } from '#application/deals/copying/chunk-session.js';

/*
 * Loaded into the real worker before its own program (node --import): gives the engine's ports points at which the
 * process can be made to kill itself. The file that KILL_FILE names says where, as "after:createDeals 2" for the second
 * time that it is passed in this process; the file is removed first, so that the next process lives.
 */

type Steps = Record<string, (...parameters: unknown[]) => Promise<unknown>>;

const { KILL_FILE: file = '', BREAK_RESUME: broken } = process.env;

let passed = 0;

const dieAt = (point: string): void => {
  if (!existsSync(file)) return;
  const [wanted, times = '1'] = readFileSync(file, 'utf8').trim().split(' ');
  if (wanted !== point || ++passed < Number(times)) return;
  rmSync(file);
  process.kill(process.pid, 'SIGKILL');
};

const guard = (prototype: object, steps: readonly string[]): void => {
  const methods = prototype as Steps;
  for (const step of steps) {
    const original = methods[step];
    if (!original) throw new Error(`There is no step ${step}`);
    methods[step] = async function (this: unknown, ...parameters: unknown[]) {
      dieAt(`before:${step}`);
      const result = await original.apply(this, parameters);
      dieAt(`after:${step}`);
      return result;
    };
  }
};

guard(PgCopyChunks.prototype, ['claim', 'intend', 'reach', 'remember', 'conclude', 'complete']);
guard(HttpAmoDeals.prototype, ['createDeals', 'linkProducts', 'createTasks', 'createNotes']);
guard(PgTransferChanges.prototype, ['plan', 'mark']);
guard(HttpAmoTransfers.prototype, ['change']);

if (broken) {
  // The rule that makes copies exactly-once, broken: nobody asks amoCRM what became of a creation.
  CreatedResolver.prototype.resolve = (session: ChunkSession) => session.reach(session.at('creating'), 'new');
  // The same for transfers: nobody compares what was to be written with what amoCRM has, everything is planned anew.
  TransferResumer.prototype.resume = (session: ChunkSession<'transfer'>) => session.reach(session.at('moving'), 'new');
}
