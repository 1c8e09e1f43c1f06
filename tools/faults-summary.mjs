// node tools/faults-summary.mjs REPORT…: what the legs of a long fault run came to, as Markdown. REPORT is a FAULTS_REPORT file.
import { readFileSync } from 'node:fs';

const legs = process.argv
  .slice(2)
  .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
  .filter(Boolean)
  .map((line) => JSON.parse(line));
const sum = (list, of) => list.reduce((total, item) => total + of(item), 0);
const killsOf = ({ kills }) => sum(Object.values(kills), Number);
const row = (...cells) => `| ${cells.join(' | ')} |`;

const modes = [...new Set(legs.map(({ mode }) => mode))];
console.log(
  row(
    'queue',
    'legs',
    'kills',
    'cut',
    'clock jumps',
    'deals to copy',
    'lost',
    'doubled',
    'half done',
    'deals to transfer',
    'astray',
    'minutes',
  ),
);
console.log(row('---', ...Array.from({ length: 11 }, () => '---:')));
for (const [name, of] of [
  ...modes.map((mode) => [mode, legs.filter((leg) => leg.mode === mode)]),
  ['together', legs],
]) {
  const census = (key) => sum(of, (leg) => leg.census[key]);
  console.log(
    row(
      name,
      of.length,
      sum(of, killsOf),
      sum(of, (leg) => leg.cuts),
      sum(of, (leg) => leg.clockJumps),
      census('sources'),
      census('lost'),
      census('doubled'),
      census('incomplete'),
      sum(of, (leg) => leg.transfers.deals),
      sum(of, (leg) => leg.transfers.astray),
      Math.round(sum(of, (leg) => leg.seconds) / 60),
    ),
  );
}

const victims = {};
for (const { kills } of legs)
  for (const [name, count] of Object.entries(kills)) victims[name] = (victims[name] ?? 0) + count;
console.log(`\n${row('killed', 'times')}\n${row('---', '---:')}`);
for (const [name, count] of Object.entries(victims).sort(([, a], [, b]) => b - a)) console.log(row(name, count));
