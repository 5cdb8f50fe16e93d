// The metric tree as words and rows: detect, target, message, measure. In: report.tree. Out: for each node its value, what it was
// in the last two complete periods and its part in the change of the outcome. Nothing is computed here.
import type { Change, Contribution, Estimate, Report, Tree, TreeNode } from '../../wasm/api';
import { changeTold } from './brief';
import { casesOf, verdictOf } from './findings';
import * as format from './format';
import type { Period as Length } from './format';
import { named, withRange } from './said';
import { estimate, text, type DataTable } from './tables';
import { words, wordFor } from './words';

export interface Part {
  id: string;
  unit: string;
  estimate: Estimate;
  /** Code of what is missing where there is no value. */
  missing: string;
  /** "22.1% → 21.5%" over the two periods, '' = not known. */
  went: string;
  /** In the change of one outcome. */
  moved: { outcome: string; estimate: Estimate; clear: boolean } | null;
}

export interface Branch {
  id: string;
  owners: string[];
  parts: Part[];
}

const kBranches = ['detection', 'targeting', 'message', 'measurement'];
/** The tree has no years: their parts say more. */
type Period = Exclude<Length, 'year'>;
const kPeriods: Period[] = ['month', 'quarter', 'week'];
/** Of the outcomes whose change is split, the one in which a part is told: the first that it is part of. */
const kOutcomes = ['per_outreach', 'share_of_demand', 'prevented'];

export const unitOf = (id: string): string =>
  id === 'per_outreach' ? 'points' : ['prevented', 'rung'].includes(id) ? 'count' : 'share';

const nodeOf = (tree: Tree | undefined, id: string): TreeNode | undefined =>
  tree?.nodes.find((node) => node.id === id);

/** The length of the periods whose change is told, and the trees of the two. */
function spanOf(report: Report): { length: Period; from: Tree | undefined; to: Tree | undefined } | null {
  const told = changeTold(report);
  const length = kPeriods.find((one) => one === told?.period);
  if (!told || !length) return null;
  const at = (start: string) => report.tree[length].find((tree) => tree.start === start);
  return { length, from: at(told.from_start), to: at(told.to_start) };
}

export function changesTold(report: Report): Change[] {
  const span = spanOf(report);
  return report.tree.changes.filter(({ period, missing }) => period === span?.length && missing === '');
}

export function spanText(report: Report): string {
  const span = spanOf(report);
  const [from, to] = [span?.from?.start, span?.to?.start];
  if (!span || !from || !to) return '';
  return words.tree.span(format.period(from, span.length), format.period(to, span.length));
}

function movedOf(report: Report, id: string): Part['moved'] {
  for (const outcome of kOutcomes) {
    const found = changesTold(report).find((change) => change.outcome === outcome);
    const part: Contribution | undefined = found?.contributions.find((one) => one.id === id);
    if (part) return { outcome, estimate: part.estimate, clear: part.clear };
  }
  return null;
}

function wentOf(report: Report, id: string): string {
  const span = spanOf(report);
  const say = (tree: Tree | undefined) => {
    const value = id === 'prevented' ? tree?.prevented.value : nodeOf(tree, id)?.estimate.value;
    return value === undefined || value === null ? '' : format.value(value, unitOf(id), casesOf(report));
  };
  const [from, to] = [say(span?.from), say(span?.to)];
  return from && to ? words.tree.went(from, to) : '';
}

const kNone: Estimate = { value: null, low: null, high: null };

function partOf(report: Report, id: string, value: Estimate, missing = ''): Part {
  const moved = movedOf(report, id);
  return { id, unit: unitOf(id), estimate: value, missing, went: wentOf(report, id), moved };
}

/** What the parts make: contacts prevented, per outreach, of those that would have come. */
export function outcomes(report: Report): Part[] {
  const { whole } = report.tree;
  const nodes = whole.nodes.filter(({ branch }) => branch === 'outcome');
  return [
    ...nodes.map(({ id, estimate: value, missing }) => partOf(report, id, value, missing)),
    partOf(report, 'prevented', whole.prevented),
  ].map((part) => {
    const change = changesTold(report).find(({ outcome }) => outcome === part.id);
    return change ? { ...part, moved: { outcome: '', estimate: change.change, clear: change.clear } } : part;
  });
}

function ownersOf({ tree }: Report, branch: string): string[] {
  const w = words.tree;
  return tree.owners
    .filter((owner) => owner.branch === branch && owner.name !== '')
    .map(({ name, team, raci }) => w.owner(team ? `${name} (${team})` : name, wordFor(w.raci, raci)));
}

export function branchesOf(report: Report): Branch[] {
  const { whole, measurement } = report.tree;
  return kBranches.map((id) => {
    const nodes = id === 'measurement' ? measurement : whole.nodes.filter(({ branch }) => branch === id);
    const parts = nodes.map((node) => partOf(report, node.id, node.estimate, node.missing));
    const known = parts.map((part) => part.id);
    // What moved an outcome without being a factor of it: how many were messaged, and which.
    const others = changesTold(report)
      .flatMap(({ contributions }) => contributions)
      .filter((one) => one.branch === id && !known.includes(one.id));
    for (const { id: other } of others) {
      if (parts.every((part) => part.id !== other)) parts.push(partOf(report, other, kNone));
    }
    return { id, owners: ownersOf(report, id), parts };
  });
}

export const partName = (id: string): string => words.tree.nodes[id]?.name ?? named(id);

export function partValue(report: Report, { id, unit, estimate: value }: Part): [string, string] {
  if (value.value === null) return ['', ''];
  if (id === 'rung') return [verdictOf(report).tag, ''];
  return format.figure(value, unit, casesOf(report));
}

export function movedText({ id, moved }: Part): string {
  if (typeof moved?.estimate.value !== 'number') return '';
  const counts = [moved.outcome, moved.outcome === '' ? id : ''].includes('prevented');
  const unit = counts ? 'count' : 'points';
  return words.tree.moved(wordFor(words.tree.outcomes, moved.outcome), withRange(moved.estimate, unit, ''));
}

export function treeTitle(report: Report): string {
  const { tree } = report;
  const w = words.tree;
  if (!tree.available) return w.titleNone;
  const value = (id: string) => nodeOf(tree.whole, id)?.estimate.value ?? null;
  const share = nodeOf(tree.whole, 'share_of_demand')?.estimate;
  const [foreseen, messaged, worked] = [value('detection'), value('reach'), value('message')];
  if (foreseen === null || messaged === null) return w.titlePlain;
  const say = (number: number) => format.percent(number, casesOf(report));
  const prevented = share?.value ?? null;
  const sure = (share?.low ?? 0) > 0 && !tree.cautions.includes('withheld');
  if (worked === null || prevented === null || !sure) return w.titleOpen(say(foreseen), say(messaged));
  return w.title(format.per100(prevented), say(foreseen), say(messaged), say(worked));
}

/** A branch for each group or period: its nodes side by side. */
export function cutTable(report: Report, branch: Branch, cut: 'groups' | Period): DataTable | null {
  const { tree } = report;
  const trees = tree[cut];
  const ids = branch.parts
    .map(({ id }) => id)
    .filter((id) =>
      trees.some(
        (one) => nodeOf(one, id)?.estimate.value !== undefined && nodeOf(one, id)?.estimate.value !== null,
      ),
    );
  if (ids.length === 0 || trees.length === 0) return null;
  const first =
    cut === 'groups' ? wordFor(words.attributes, tree.attribute) : wordFor(words.tree.periods, cut);
  const nameOf = (one: Tree) => {
    if (cut === 'groups') return named(one.label);
    const name = format.sentenceCase(format.period(one.start, cut));
    return one.complete ? name : `${name} (${words.tree.incomplete})`;
  };
  return {
    id: `tree-${branch.id}-${cut}`,
    title: `${words.tree.branches[branch.id]?.name ?? ''}: ${first}`,
    columns: [text(format.sentenceCase(first)), ...ids.map((id) => estimate(partName(id), 'share'))],
    rows: trees.map((one) => [nameOf(one), ...ids.map((id) => nodeOf(one, id)?.estimate ?? null)]),
  };
}

export function treeTables(report: Report): DataTable[] {
  if (!report.tree.available) return [];
  const { head } = words.tree;
  const branches = branchesOf(report);
  const cell = (part: Part) => partValue(report, part).filter(Boolean).join('; ');
  const row = (branch: string, owners: string[]) => (part: Part) => [
    branch,
    partName(part.id),
    words.tree.nodes[part.id]?.what ?? '',
    cell(part),
    part.went,
    movedText(part),
    owners.join('; '),
  ];
  const whole: DataTable = {
    id: 'tree',
    title: treeTitle(report),
    columns: [
      head.branch,
      head.part,
      head.of,
      head.value,
      spanText(report) || head.from,
      head.moved,
      head.owner,
    ].map(text),
    rows: [
      ...outcomes(report).map(row(words.tree.outcome, [])),
      ...branches.flatMap(({ id, parts, owners }) =>
        parts.map(row(words.tree.branches[id]?.name ?? id, owners)),
      ),
    ],
  };
  const cuts = branches.flatMap((branch) => [
    cutTable(report, branch, 'groups'),
    cutTable(report, branch, 'month'),
  ]);
  return [whole, ...cuts.filter((table) => table !== null)];
}
