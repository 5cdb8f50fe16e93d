// Checks on the data: what is fine, what to look at, what to fix first; then the core's own warnings and cautions.
import type { Comparison, Report, Trust } from '../../../wasm/api';
import { countersOf } from '../brief';
import { trustTitle } from '../findings';
import * as format from '../format';
import { files, isRead, state } from '../state';
import { count, text, type DataTable } from '../tables';
import { wordFor, words } from '../words';
import { Section } from './Section';

const saidByTrust = ['coverage_assumed', 'match_rate', 'direction_assumed', 'shared_keys'];
const signs: Record<string, string> = { good: '✓', look: '!', bad: '✕' };

export function TrustSection({ report }: { report: Report }) {
  const w = words.trust;
  const cautions = comparisonNotes(report);
  // What a line of the panel says already is not said twice.
  const warnings = report.warnings.filter(({ id }) => !(saidByTrust.includes(id) && report.trust.length > 0));
  if (report.trust.length === 0 && cautions.length === 0 && warnings.length === 0) {
    return null;
  }
  return (
    <Section id="trust" title={trustTitle(report)} lede={w.lede}>
      {report.trust.length > 0 && (
        <ul class="trust">
          {report.trust.map((line) => (
            <li key={line.id} class={line.level} data-trust={line.id}>
              <span class="sign" aria-hidden="true">
                {signs[line.level] ?? ''}
              </span>
              <div>
                <strong>{format.sentenceCase(wordFor(w.names, line.id))}</strong>
                <span>{trustText(line, report)}</span>
                <Fix line={line} report={report} />
              </div>
              <span class="level">{wordFor(w.levels, line.level)}</span>
            </li>
          ))}
        </ul>
      )}
      {(cautions.length > 0 || warnings.length > 0) && (
        <>
          <h3>{w.warnings}</h3>
          <ul class="plain-list">
            {cautions.map((text) => (
              <li key={text}>{text}</li>
            ))}
            {warnings.map((warning) => (
              <li key={warning.id + warning.text}>{warning.text}</li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

/** Answers that are given in the step before. */
const answeredThere = ['coverage', 'direction', 'zone'];

/** What helps: where there is something to look at, or an experiment that is not large enough yet. */
function fixText(line: Trust, report: Report): string {
  const w = words.fix;
  const counters = line.id === 'holdout' ? countersOf(report).map(({ text }) => `${text}.`) : [];
  if (line.level === 'good') return counters.join(' ');
  const none = line.id === 'holdout' && line.denominator === 0;
  return [none ? w.holdoutNone : (w.hints[line.id] ?? ''), ...counters].filter(Boolean).join(' ');
}

function Fix({ line, report }: { line: Trust; report: Report }) {
  const text = fixText(line, report);
  if (text === '') return null;
  const here = line.level !== 'good' && !state.value.opened && answeredThere.includes(line.id);
  return (
    <span class="fix">
      {text} {here && <a href="#check">{words.fix.check}</a>}
    </span>
  );
}

function trustText(line: Trust, report: Report): string {
  const w = words.trust;
  const { coverage_start: from, coverage_end: to, coverage_end_assumed: assumed, zone } = report.settings;
  if (line.id === 'coverage' && from && to) {
    return (assumed ? w.coverageAssumed : w.coverageStated)(format.date(from, zone), format.date(to, zone));
  }
  const text = line.id === 'zone' ? format.list(zonesInUse(line.text)) : line.text;
  const say = w.texts[line.id] ?? w.generic;
  const said = say(
    line.value === null ? '' : format.percent(line.value, line.denominator),
    format.count(line.numerator),
    format.count(line.denominator),
    text,
  );
  const last = report.left_out.find(({ id, of }) => id === 'pending' && of === 'episodes')?.completes_on;
  return line.id === 'pending' && last ? `${said} ${words.fix.closes(format.date(last, zone))}` : said;
}

/** The zones in which the files' local times were read; `session` where none was chosen for a file. */
function zonesInUse(session: string): string[] {
  const local = files.value.filter((file) => isRead(file) && file.info?.zone_matters);
  const zones = local.map((file) => {
    const zone = file.info?.zone ?? '';
    return zone === '' ? session : zone;
  });
  return [...new Set(zones.length > 0 ? zones : [session])];
}

/** What is to be said about the comparison that the headline rests on. */
function comparisonNotes(report: Report): string[] {
  const w = words.trust;
  const comparison: Comparison = report.holdout.available ? report.holdout : report.matched;
  if (!comparison.available) return [];
  const notes: string[] = [];
  const { sample_ratio: ratio } = comparison;
  if (ratio.p !== null && ratio.expected_holdout_share !== null && ratio.flagged) {
    notes.push(
      w.sampleRatio(
        format.percent(ratio.observed_holdout_share),
        format.percent(ratio.expected_holdout_share),
        ratio.assumed_design,
        format.probability(ratio.p),
      ),
    );
  }
  if (comparison.mixed_units > 0) notes.push(w.mixed(format.count(comparison.mixed_units)));
  if (comparison.contaminated > 0) notes.push(w.contaminated(format.count(comparison.contaminated)));
  // A caution that has just been said with its numbers is not said again without them.
  const said = ['mixed_units', 'contaminated'];
  for (const code of comparison.cautions) {
    if (!said.includes(code)) notes.push(wordFor(w.cautions, code));
  }
  return notes;
}

export function trustTable(report: Report): DataTable {
  const w = words.trust;
  return {
    id: 'trust',
    title: trustTitle(report),
    columns: [
      text(w.head.check),
      text(w.head.level),
      text(w.head.text),
      count(w.head.count),
      count(w.head.of),
      text(words.fix.label),
    ],
    rows: report.trust.map((line) => [
      format.sentenceCase(wordFor(w.names, line.id)),
      wordFor(w.levels, line.level),
      trustText(line, report),
      line.numerator,
      line.denominator,
      fixText(line, report),
    ]),
  };
}
