// Does the interval hold the truth? In: a number of seeds. Each draws its own sample data, whose true effect is known event by
// event, and has it evaluated as files, the whole road from CSV text to the report. Out: a table of how often the 95% interval
// held the truth, and how often the verdict was wrong; exit status 1 outside the limits.
import { parseArgs } from 'node:util';
import { createCalculator } from '../dist/preempt.js';
import { generateSample } from './sample-data.mjs';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    customers: { type: 'string', default: '1000' },
    least: { type: 'string', default: '0.93' },
    most: { type: 'string', default: '0.97' },
  },
});
const [seeds, from, customers, least, most] = ['seeds', 'from', 'customers', 'least', 'most'].map((name) =>
  Number(values[name]),
);
// The effect needs these tables; the companions' tables would only take time.
const needed = ['customers.csv', 'outreaches.csv', 'contacts.csv', 'exposure.csv'];

const tally = { inside: 0, below: 0, above: 0, relativeInside: 0, prevents: 0, causes: 0, other: 0 };
let width = 0;
const calculator = await createCalculator();
for (let seed = from; seed < from + seeds; ++seed) {
  const { files, truth } = generateSample({ seed, customers });
  const open = [];
  for (const { name, text } of files.filter((file) => needed.includes(file.name)))
    open.push(await calculator.add({ name, data: text }));
  const { holdout } = await calculator.evaluate({ window_days: truth.windowDays });
  for (const { id } of open) await calculator.remove(id);
  const { low, high } = holdout.difference;
  if (low > truth.difference) tally.above += 1;
  else if (high < truth.difference) tally.below += 1;
  else tally.inside += 1;
  const relative = holdout.relative_reduction;
  if (relative.low <= truth.relativeReduction && truth.relativeReduction <= relative.high)
    tally.relativeInside += 1;
  tally[holdout.verdict in tally ? holdout.verdict : 'other'] += 1;
  width += high - low;
}

const percent = (count) => `${((100 * count) / seeds).toFixed(1)}%`;
const share = tally.inside / seeds;
console.log(
  `${seeds} seeds from ${from}, ${customers} customers each; mean width of the interval ${((100 * width) / seeds).toFixed(1)} points`,
);
console.log(
  `the interval held the true effect       ${percent(tally.inside)}   (whole interval above it ${percent(tally.above)}, below it ${percent(tally.below)})`,
);
console.log(`the same for the share prevented        ${percent(tally.relativeInside)}`);
console.log(
  `verdicts: prevents ${tally.prevents}, cannot tell or withheld ${tally.other}, causes ${tally.causes} (all of them wrong)`,
);
if (share < least || share > most) {
  console.error(`Outside the limits: ${share} is not between ${least} and ${most}.`);
  process.exitCode = 1;
}
