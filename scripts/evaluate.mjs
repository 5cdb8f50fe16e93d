// The report on files as JSON, for automation: see `scripts/evaluate` and the README. In: paths and options. Out: one JSON
// document on standard output; messages on standard error; exit status 2 when the input cannot be used.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const usage = `Usage: scripts/evaluate FILE... [options]
  --window 7d          attribution window in days (7d) or hours (36h)
  --zone ZONE          time zone of times without an offset, and of periods: an IANA name such as America/New_York
  --unit UNIT          person or account; chosen from the data if not given
  --until DATE         the contacts are complete until the end of this day (2026-03-31), or until this instant
  --by ATTRIBUTE       break down by trigger, outreach_type, channel, segment, plan, owner ...
  --scope SCOPE        all_topics (default) or same_topic
  --strata STRATA      auto (default), experiment, trigger, segment or trigger_segment
  --holdout-share 0.2  the designed share of held-out people, if the files do not say
  --level 0.95         confidence level
  --map FILE=MAPPING   a mapping as JSON for one file, by its name: {"kind": ..., "roles": [...], "zone": ...}`;

class Refusal extends Error {}

const windowDays = (text) => {
  const match = /^(\d+(?:\.\d+)?)(d|h)?$/.exec(text);
  if (!match) throw new Refusal(`--window must look like 7d or 36h, not "${text}".`);
  return match[2] === 'h' ? Number(match[1]) / 24 : Number(match[1]);
};

const share = (name, text) => {
  const value = Number(text);
  if (!(value > 0 && value < 1)) throw new Refusal(`--${name} must lie between 0 and 1, not "${text}".`);
  return value;
};

function readArguments(argv) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        window: { type: 'string' },
        zone: { type: 'string' },
        unit: { type: 'string' },
        until: { type: 'string' },
        by: { type: 'string' },
        scope: { type: 'string' },
        strata: { type: 'string' },
        'holdout-share': { type: 'string' },
        level: { type: 'string' },
        map: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new Refusal(`${error.message}\n${usage}`);
  }
}

function mappings(list = []) {
  const all = new Map();
  for (const item of list) {
    const at = item.indexOf('=');
    try {
      all.set(item.slice(0, at), JSON.parse(item.slice(at + 1)));
    } catch {
      throw new Refusal(`--map must look like tickets.csv={"zone":"Europe/Berlin"}, not "${item}".`);
    }
  }
  return all;
}

/** The report's parts in the shape that automation reads: metrics by id, files with their ledger. */
function summarize(report) {
  const counts = (list) => Object.fromEntries(list.map(({ id, count }) => [id, count]));
  return {
    settings: report.settings,
    headline_rung: report.headline_rung,
    files: report.files.map((file) => ({
      name: file.name,
      kind: file.kind,
      format: file.format,
      rows_read: file.rows_read,
      used: file.used,
      set_aside: counts(file.set_aside),
      warnings: file.warnings,
    })),
    metrics: Object.fromEntries(
      report.metrics.map((metric) => [
        metric.id,
        {
          name: metric.name,
          unit: metric.unit,
          value: metric.estimate.value,
          low: metric.estimate.low,
          high: metric.estimate.high,
          numerator: metric.numerator,
          denominator: metric.denominator,
          rung: metric.rung,
          missing: metric.missing,
          if_all_matched: metric.if_all_matched,
          parts: counts(metric.parts),
          excluded: counts(metric.excluded),
        },
      ]),
    ),
    ladder: report.ladder,
    holdout: report.holdout,
    matched: report.matched,
    benchmarks: report.benchmarks.map(({ id, label, verdict, estimate }) => ({
      id,
      label,
      verdict,
      ...estimate,
    })),
    breakdown: report.breakdown,
    series: report.series,
    left_out: report.left_out,
    trust: report.trust,
    warnings: report.warnings,
  };
}

async function main() {
  const { values, positionals } = readArguments(process.argv.slice(2));
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  if (positionals.length === 0) throw new Refusal(usage);
  const request = {
    ...(values.window && { window_days: windowDays(values.window) }),
    ...(values.zone && { zone: values.zone }),
    ...(values.unit && { unit: values.unit }),
    ...(values.until && { coverage_end: values.until }),
    ...(values.by && { breakdown: values.by }),
    ...(values.scope && { scope: values.scope }),
    ...(values.strata && { strata: values.strata }),
    ...(values['holdout-share'] && {
      expected_holdout_share: share('holdout-share', values['holdout-share']),
    }),
    ...(values.level && { level: share('level', values.level) }),
  };
  const given = mappings(values.map);
  const used = new Set();
  const { createCalculator } = await import(fileURLToPath(new URL('../dist/preempt.js', import.meta.url)));
  const calculator = await createCalculator();
  for (const path of positionals) {
    let data;
    try {
      data = await readFile(path);
    } catch {
      throw new Refusal(`${path} cannot be opened. Check the path.`);
    }
    const name = basename(path);
    for (let info of await calculator.addAll({ name, data })) {
      const mapping = given.get(info.name);
      if (mapping) info = await calculator.remap(info.id, mapping);
      if (mapping?.roles && mapping.roles.length !== info.columns.length)
        throw new Refusal(
          `--map ${info.name}: ${mapping.roles.length} roles for ${info.columns.length} columns.`,
        );
      used.add(info.name);
      if (info.state !== 'read') throw new Refusal(`${path}: ${info.message}`);
    }
  }
  for (const name of given.keys())
    if (!used.has(name)) throw new Refusal(`--map ${name}: there is no such file among those given.`);
  process.stdout.write(`${JSON.stringify(summarize(await calculator.evaluate(request)), null, 2)}\n`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Refusal) && error?.name !== 'CalculatorError') throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
