// Which version of a message prevents most? Each against the same held-out customers, allowing for how many are judged (Holm);
// ranked by prevention. Opens, clicks and replies stand apart: they rank nothing.
import { useMemo } from 'preact/hooks';
import type { Report, Variants } from '../../../wasm/api';
import { count, estimate, text, type DataTable } from '../tables';
import { words } from '../words';
import { forestColumns, forestRow, notesOf, Notes, ordered } from './Breakdown';
import { Forest, forestTable, type ForestData } from './Forest';
import { Numbers } from './Numbers';
import { Fold, Missing, Section } from './Section';
import { Tools } from './Tools';

const variantsOf = (report: Report): Variants => report.programme.variants;

/** Versions that have a name: without one there is nothing to compare. */
const named = ({ rows }: Variants) => ({ ...rows, rows: rows.rows.filter(({ label }) => label !== '') });

const nameOf = (label: string) => label.replaceAll('_', ' ');

function titleOf(variants: Variants): string {
  const w = words.variants;
  const { rows, known_in_both_arms: effects } = named(variants);
  if (!effects) return w.rates;
  const judged = (verdict: string) => rows.filter((row) => row.verdict === verdict);
  const best = rows.find(({ rank, verdict }) => rank === 1 && verdict === 'prevents');
  const works = judged('prevents').length;
  const harms = judged('causes').length;
  const title =
    works > 0 ? w.proven(works, rows.length, best ? nameOf(best.label) : '') : w.cannot(rows.length);
  return harms > 0 ? `${title}${w.harms(harms)}` : title;
}

function variantData(report: Report): ForestData {
  const variants = variantsOf(report);
  const breakdown = named(variants);
  const w = words.variants;
  const effects = breakdown.known_in_both_arms;
  return {
    id: 'by-version',
    title: titleOf(variants),
    lede: effects ? w.lede : w.ledeRates,
    first: w.first,
    ...forestColumns(effects),
    rows: ordered(breakdown).map((row) =>
      forestRow(row, nameOf(row.label), breakdown, report.settings.level, {
        by: 'variant',
        value: row.label,
        shared: true,
      }),
    ),
  };
}

export function VariantsSection({ report }: { report: Report }) {
  const variants = variantsOf(report);
  const w = words.variants;
  const data = useMemo(() => variantData(report), [report]);
  if (data.rows.length === 0) return <Missing id="variants" title={w.titleNone} text={w.none} />;
  const reactions = reactionsTable(variants);
  return (
    <Section id="variants" title={data.title} lede={data.lede}>
      <Forest data={data} />
      <Notes notes={notesOf(named(variants), w.many)} />
      {reactions.rows.length > 0 && (
        <>
          <h3>{w.reactions}</h3>
          <Fold label={w.show}>
            <p class="hint">{w.reactionsLede}</p>
            <div class="wide-table" role="region" tabIndex={0} aria-label={w.reactions}>
              <Numbers table={reactions} />
            </div>
            <Tools title={w.reactions} lede={w.reactionsLede} table={reactions} />
          </Fold>
        </>
      )}
    </Section>
  );
}

function reactionsTable({ reactions }: Variants): DataTable {
  const w = words.variants;
  const kinds = (['opened', 'clicked', 'replied'] as const).filter((kind) =>
    reactions.some((row) => row[kind].value !== null),
  );
  return {
    id: 'reactions-by-version',
    title: w.reactions,
    columns: [
      text(w.head.version),
      count(w.head.sent),
      ...kinds.map((kind) => estimate(w.head[kind], 'share', 1)),
    ],
    rows:
      kinds.length === 0
        ? []
        : reactions.map((row) => [nameOf(row.label), row.sent, ...kinds.map((kind) => row[kind])]),
  };
}

export const variantTables = (report: Report): DataTable[] => [
  forestTable(variantData(report)),
  reactionsTable(variantsOf(report)),
];
