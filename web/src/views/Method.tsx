// The method box: settings, the comparison in full, every definition with its counts. For whoever has to defend the number.
import type { Comparison, Metric, Report } from '../../../wasm/api';
import * as format from '../format';
import { count, estimate, text, type DataTable } from '../tables';
import { wordFor, words } from '../words';
import { vocabulary } from '../state';
import { episodesOfArm, episodesOfMetric } from '../episodes';
import { Episodes } from './Audit';
import { MetricDefinition, sourcesOf } from './MetricDefinition';
import { Section } from './Section';

export function Method({ report }: { report: Report }) {
  const w = words.method;
  const comparison = report.holdout.available ? report.holdout : report.matched;
  return (
    <Section id="method" title={w.title} lede={w.lede}>
      <details>
        <summary>{w.settingsTitle}</summary>
        <SettingsList report={report} />
      </details>
      {comparison.available && (
        <details>
          <summary>{w.holdoutTitle}</summary>
          <ComparisonTable comparison={comparison} proven={report.holdout.available} />
        </details>
      )}
      <details>
        <summary>{w.metricsTitle}</summary>
        <dl class="metrics">
          {report.metrics.map((metric) => (
            <MetricEntry key={metric.id} metric={metric} />
          ))}
        </dl>
      </details>
      <details>
        <summary>{w.refuses}</summary>
        <ul class="plain-list">
          {w.refusals.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </details>
    </Section>
  );
}

function SettingsList({ report }: { report: Report }) {
  const w = words.method.settings;
  const s = report.settings;
  const rows: [string, string][] = [[w.level, format.roundPercent(s.level)]];
  if (report.files.length > 0) {
    rows.unshift([w.window, w.windowText(format.days(s.window_days))]);
    const why = wordFor(words.settings.unitWhy, s.unit_why);
    rows.push(
      [w.unit, `${words.settings.unitUsed(s.unit)}${why ? `, ${why}` : ''}`],
      [w.scope, wordFor(words.settings.scopes, s.scope)],
      [w.zone, s.zone],
      [w.strata, wordFor(words.settings.stratas, s.strata)],
    );
    if (s.coverage_start && s.coverage_end) {
      rows.push([
        w.coverage,
        w.coverageText(
          format.dateTime(s.coverage_start, s.zone),
          format.dateTime(s.coverage_end, s.zone),
          s.coverage_end_assumed,
        ),
      ]);
    }
  }
  rows.push([w.version, report.version]);
  return (
    <dl class="pairs">
      {rows.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function ComparisonTable({ comparison, proven }: { comparison: Comparison; proven: boolean }) {
  const w = words.method.holdout;
  const { baseline, treated } = comparison;
  const head = proven ? w.head : w.headMatched;
  /** Name, the two counts, and the outcome of the episodes that they count. */
  const counts: [string, number, number, string][] = [
    [w.units, baseline.units, treated.units, ''],
    [w.episodes, baseline.episodes, treated.episodes, 'counted'],
    [w.contacted, baseline.contacted, treated.contacted, 'contacted'],
    [w.contacts, baseline.contacts, treated.contacts, ''],
    [w.reactive, baseline.reactive, treated.reactive, 'reactive'],
    [w.pending, baseline.pending, treated.pending, 'pending'],
    [w.censored, baseline.censored, treated.censored, 'censored'],
  ];
  const figure = (name: string, n: number, arm: 'treated' | 'holdout', outcome: string) =>
    outcome === '' || n === 0 ? (
      format.count(n)
    ) : (
      <Episodes
        of={`${name}, ${head[arm === 'holdout' ? 1 : 2]}`}
        query={episodesOfArm(comparison, arm, outcome)}
      >
        {format.count(n)}
      </Episodes>
    );
  const rate = (arm: Comparison['baseline']) =>
    arm.rate.value === null
      ? ''
      : `${format.percent(arm.rate.value, arm.episodes)} (${format.interval(arm.rate, 'share', arm.episodes)})`;
  const results: [string, string][] = [];
  const add = (name: string, estimate: Comparison['difference'], unit: string) => {
    if (estimate.value === null) return;
    results.push([name, `${format.value(estimate.value, unit)} (${format.interval(estimate, unit)})`]);
  };
  add(w.difference, comparison.difference, 'points');
  add(w.relative, comparison.relative_reduction, 'share');
  add(w.prevented, comparison.prevented, 'count');
  if (comparison.p !== null) results.push([w.p, format.probability(comparison.p)]);
  if (comparison.design_effect !== 1)
    results.push([w.designEffect, format.plain(comparison.design_effect, 2)]);
  results.push([
    w.detectable,
    comparison.detectable_drop === null ? w.notReachable : format.per100(comparison.detectable_drop),
  ]);
  return (
    <>
      <div class="wide-table" role="region" tabIndex={0} aria-label={words.method.holdoutTitle}>
        <table>
          <caption class="only-read">{words.method.holdoutTitle}</caption>
          <thead>
            <tr>
              <td />
              {head.slice(1).map((title) => (
                <th key={title} scope="col" class="num">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {counts.map(([name, a, b, outcome]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td class="num">{figure(name, a, 'holdout', outcome)}</td>
                <td class="num">{figure(name, b, 'treated', outcome)}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">{w.rate}</th>
              <td class="num">{rate(baseline)}</td>
              <td class="num">{rate(treated)}</td>
            </tr>
          </tbody>
        </table>
      </div>
      <dl class="pairs">
        {results.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function MetricEntry({ metric }: { metric: Metric }) {
  const w = words.method;
  const { estimate, unit } = metric;
  const range = format.interval(estimate, unit, metric.denominator);
  const per =
    unit === 'points' || unit === 'ratio'
      ? ` ${words.ladder.units[unit]}`
      : unit === 'minutes'
        ? ` ${w.minutes}`
        : '';
  const matched = metric.if_all_matched;
  const episodes = episodesOfMetric(metric, metric.name);
  const text = vocabulary.value?.metrics.find(({ id }) => id === metric.id);
  const counts = metric.denominator > 0 && metric.numerator_of !== '';
  const say = unit === 'share' ? w.of : w.against;
  const parts = (title: string, list: Metric['parts']) => {
    const known = list.filter((part) => part.count > 0);
    if (known.length === 0) return null;
    return (
      <dd>
        {title}:{' '}
        {known
          .map(({ id, label, count }) => `${label || id.replaceAll('_', ' ')} (${format.count(count)})`)
          .join('; ')}
      </dd>
    );
  };
  return (
    <div id={metric.id} tabIndex={-1} data-metric={metric.id}>
      <dt>
        <span class="code">{metric.id}</span> {metric.name}
      </dt>
      <dd class="figure">
        {estimate.value === null
          ? `${w.noValue}. ${words.ladder.missing(metric.missing)}`
          : `${format.value(estimate.value, unit, metric.denominator)}${per}${range ? ` (${range})` : ''}`}
      </dd>
      {matched.value !== null && (
        <dd>
          {w.ifAllMatched(
            `${format.value(matched.value, unit, metric.denominator)}${per}`,
            format.interval(matched, unit, metric.denominator),
          )}
        </dd>
      )}
      {metric.definition && <dd>{metric.definition}</dd>}
      {counts && (
        <dd>
          {say(
            format.count(metric.numerator),
            metric.numerator_of,
            format.count(metric.denominator),
            metric.denominator_of,
          )}
        </dd>
      )}
      {parts(w.parts, metric.parts)}
      {parts(w.excluded, metric.excluded)}
      {episodes && estimate.value !== null && (
        <dd>
          <Episodes {...episodes} />
        </dd>
      )}
      {text ? (
        <MetricDefinition metric={text} />
      ) : (
        metric.sources.length > 0 && (
          <dd class="soft">
            {w.sources}: {sourcesOf(metric.sources)}
          </dd>
        )
      )}
    </div>
  );
}

/** Every metric with its numbers and its definition. */
export function metricsTable(report: Report): DataTable {
  const w = words.method.head;
  return {
    id: 'metrics',
    title: words.method.metricsTitle,
    columns: [
      text(w.id),
      text(w.name),
      text(w.unit),
      estimate(w.value, 'number'),
      count(w.numerator),
      text(w.of),
      count(w.denominator),
      text(w.of),
      text(w.definition),
    ],
    rows: report.metrics.map((metric) => [
      metric.id,
      metric.name,
      metric.unit,
      metric.estimate,
      metric.numerator,
      metric.numerator_of,
      metric.denominator,
      metric.denominator_of,
      metric.definition,
    ]),
  };
}
