// Why is it as it is? The causes that fit, each with the numbers behind it and what would settle it; those that could not be
// checked, and why; the guards that acted on these data.
import type { Finding, Report } from '../../../wasm/api';
import {
  acting,
  causesTitle,
  findingName,
  findingSeen,
  guardsTitle,
  guardText,
  lackText,
  leverName,
  quantityText,
} from '../causes';
import * as format from '../format';
import { unmarked } from '../said';
import { settings } from '../state';
import { count, text, type DataTable } from '../tables';
import { words, wordFor } from '../words';
import { Said } from './Said';
import { Section } from './Section';
import { Tools } from './Tools';

export function Causes({ report }: { report: Report }) {
  const w = words.causes;
  const { findings, not_found: notFound, not_checked: notChecked } = report.insight.diagnosis;
  const title = causesTitle(report);
  return (
    <Section id="causes" title={title} lede={w.lede}>
      {findings.length > 0 && (
        <ul class="findings">
          {findings.map((finding) => (
            <Card key={finding.id + finding.label} finding={finding} report={report} />
          ))}
        </ul>
      )}
      {notFound.length > 0 && (
        <details>
          <summary>{w.notFound(notFound.length)}</summary>
          <ul class="plain-list">
            {notFound.map((id) => (
              <li key={id}>{findingName({ id, label: '' })}</li>
            ))}
          </ul>
        </details>
      )}
      {notChecked.length > 0 && (
        <details>
          <summary>{w.notChecked(notChecked.length)}</summary>
          <ul class="plain-list">
            {notChecked.map(({ id, lacks }) => (
              <li key={id}>
                {findingName({ id, label: '' })}
                <small>{lacks.map((lack) => lackText(report, lack.id, lack.code)).join('; ')}</small>
              </li>
            ))}
          </ul>
        </details>
      )}
      {findings.length > 0 && (
        <Tools title={title} lede={w.lede} table={causesTables(report)[0]!}>
          <p class="hint">{w.confidenceWhy}</p>
        </Tools>
      )}
      <Guards report={report} />
    </Section>
  );
}

function Card({ finding, report }: { finding: Finding; report: Report }) {
  const w = words.causes;
  const { id, confidence, numbers, levers, settles } = finding;
  return (
    <li class="card" data-finding={id}>
      <h3>{findingName(finding)}</h3>
      <p class="tag" title={w.confidenceWhy}>
        {wordFor(w.confidence, confidence)}
      </p>
      <p>{findingSeen(finding)}</p>
      <ul class="plain-list">
        {numbers.map((number) => (
          <li key={number.id + number.label}>
            <Said text={quantityText(report, number, settings.value.currency)} report={report} />
          </li>
        ))}
      </ul>
      <p class="soft">
        {w.settles}: {wordFor(w.settle, settles)}
      </p>
      {levers.length > 0 && (
        <p>
          {w.levers}:{' '}
          {levers.map((lever, at) => (
            <span key={lever}>
              {at > 0 && ', '}
              <a href={`#${lever}`}>{leverName(lever)}</a>
            </span>
          ))}
        </p>
      )}
    </li>
  );
}

function Guards({ report }: { report: Report }) {
  const w = words.guards;
  const idle = report.insight.guards.filter(({ state }) => state === 'ok');
  return (
    <details data-guards>
      <summary>{guardsTitle(report)}</summary>
      <ul class="plain-list">
        {acting(report).map((guard) => (
          <li key={guard.id} data-guard={guard.id}>
            {w.list[guard.id]?.mistake}
            <small>{guardText(guard)}</small>
          </li>
        ))}
      </ul>
      {idle.length > 0 && (
        <p class="hint">
          {w.ok(format.list(idle.map(({ id }) => (w.list[id]?.mistake ?? id).toLowerCase())))}
        </p>
      )}
    </details>
  );
}

export function causesTables(report: Report): DataTable[] {
  const { head } = words.causes;
  const g = words.guards;
  const { findings, not_checked: notChecked } = report.insight.diagnosis;
  const { currency } = settings.value;
  return [
    {
      id: 'causes',
      title: causesTitle(report),
      columns: [
        text(head.cause),
        text(head.seen),
        text(head.numbers),
        text(head.confidence),
        text(head.settles),
        text(head.levers),
      ],
      rows: findings.map((finding) => [
        findingName(finding),
        findingSeen(finding),
        finding.numbers.map((number) => unmarked(quantityText(report, number, currency))).join(' | '),
        wordFor(words.causes.confidence, finding.confidence),
        wordFor(words.causes.settle, finding.settles),
        finding.levers.map(leverName).join('; '),
      ]),
    },
    {
      id: 'causes-not-checked',
      title: words.causes.notChecked(notChecked.length),
      columns: [text(head.cause), text(words.causes.lacking(''))],
      rows: notChecked.map(({ id, lacks }) => [
        findingName({ id, label: '' }),
        lacks.map((lack) => lackText(report, lack.id, lack.code)).join('; '),
      ]),
    },
    {
      id: 'guards',
      title: guardsTitle(report),
      columns: [text(g.head.guard), text(g.head.state), text(g.head.act), count(g.head.count)],
      rows: report.insight.guards.map((guard) => [
        g.list[guard.id]?.mistake ?? guard.id,
        wordFor(g.states, guard.state),
        guard.state === 'acting' ? guardText(guard) : '',
        guard.count,
      ]),
    },
  ];
}
