// The metric tree as a nested list: what is prevented, and beneath it the four branches that it is made of, each with its owner,
// its values, what moved, and, opened, the same for each group and month.
import type { Report } from '../../../wasm/api';
import { changeSettings } from '../actions';
import { metricOf } from '../findings';
import { state } from '../state';
import {
  branchesOf,
  cutTable,
  movedText,
  outcomes,
  partName,
  partValue,
  spanText,
  treeTables,
  treeTitle,
  type Branch,
  type Part,
} from '../tree';
import { words, wordFor } from '../words';
import { Defined } from './Defined';
import { Numbers } from './Numbers';
import { Missing, Section } from './Section';
import { Tools } from './Tools';

/** Definitions of the parts that are metrics of the catalogue. */
const metrics: Record<string, string> = { precision: 'M11', match_rate: 'M28' };

export function MetricTreeSection({ report }: { report: Report }) {
  const w = words.tree;
  const { tree } = report;
  const title = treeTitle(report);
  if (!tree.available) return <Missing id="tree" title={title} text={words.insight.lack(tree.missing)} />;
  const span = spanText(report);
  const effect = report.holdout.available ? 'M06' : 'M05';
  return (
    <Section id="tree" title={title} lede={w.lede} controls={<Attribute report={report} />}>
      <ul class="tree">
        <li class="root">
          <Parts parts={outcomes(report)} span={span} report={report} metric={effect} />
          <ul>
            {branchesOf(report).map((branch) => (
              <BranchItem key={branch.id} branch={branch} span={span} report={report} />
            ))}
          </ul>
        </li>
      </ul>
      {tree.cautions.map((code) => (
        <p key={code} class="hint">
          {wordFor(w.cautions, code)}
        </p>
      ))}
      <Tools title={title} lede={w.lede} table={treeTables(report)[0]!} />
    </Section>
  );
}

function Attribute({ report }: { report: Report }) {
  const { available, attribute } = report.breakdown;
  if (available.length === 0 || state.value.opened) return null;
  return (
    <label class="field inline">
      <span>{words.breakdown.by}</span>
      <select
        value={attribute}
        onChange={(event) => changeSettings({ breakdown: event.currentTarget.value })}
      >
        {attribute === '' && <option value="">{words.breakdown.noneChosen}</option>}
        {available.map((name) => (
          <option key={name} value={name}>
            {wordFor(words.attributes, name)}
          </option>
        ))}
      </select>
    </label>
  );
}

function BranchItem({ branch, span, report }: { branch: Branch; span: string; report: Report }) {
  const w = words.tree;
  const { id, owners, parts } = branch;
  const { attribute } = report.tree;
  const groups = id === 'measurement' ? null : cutTable(report, branch, 'groups');
  const months = id === 'measurement' ? null : cutTable(report, branch, 'month');
  const name = wordFor(words.attributes, attribute);
  return (
    <li class="branch" data-branch={id}>
      <div class="who">
        <h3>{w.branches[id]?.name}</h3>
        <span>{w.branches[id]?.question}</span>
        <small>{owners.length > 0 ? owners.join('; ') : w.nobody}</small>
      </div>
      <Parts parts={parts} span={span} report={report} metric="" />
      {(groups ?? months) && (
        <details>
          <summary>{w.open(groups ? name : '', w.periods.month!)}</summary>
          {[groups, months].map(
            (table) =>
              table && (
                <div key={table.id} class="wide-table" tabIndex={0} role="region" aria-label={table.title}>
                  <Numbers table={table} />
                </div>
              ),
          )}
          {groups && <a href="#breakdown">{w.to(name)}</a>}
        </details>
      )}
    </li>
  );
}

function Parts({
  parts,
  span,
  report,
  metric,
}: {
  parts: Part[];
  span: string;
  report: Report;
  metric: string;
}) {
  const w = words.tree;
  return (
    <ul class="parts">
      {parts.map((part) => {
        const [value, range] = partValue(report, part);
        const defined = metricOf(report, metric || (metrics[part.id] ?? ''));
        const moved = movedText(part);
        return (
          <li key={part.id} data-part={part.id}>
            <span>
              {partName(part.id)}
              <small>{w.nodes[part.id]?.what}</small>
            </span>
            <span class="num">
              {value ? (
                <b>
                  <Defined metric={defined}>{value}</Defined>
                </b>
              ) : (
                part.missing && <small>{words.insight.lack(part.missing)}</small>
              )}
              <small>{range}</small>
            </span>
            <span class={part.moved?.clear ? 'went clear' : 'went'}>
              {part.went && (
                <>
                  <small class="span">{span}</small> {part.went}
                </>
              )}
              {moved && (
                <small>
                  {moved}
                  {part.moved && `; ${part.moved.clear ? w.clear : w.unclear}`}
                </small>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
