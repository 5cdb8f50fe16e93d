// A report as text for a message or a document: Markdown, or plain. In: a report. Out: the same sentences and tables as on the
// page, shortest first: the answer, its figures, the evidence, where it works, the doubts, how it was counted.
import type { Report } from '../../../wasm/api';
import { briefOf } from '../brief';
import { countedBy, leftOutTitle, sourceLine, trustTitle, verdictOf } from '../findings';
import { unmarked } from '../said';
import { texts, titles, type DataTable } from '../tables';
import { ladderTable } from '../views/Ladder';
import { breakdownTables } from '../views/Breakdown';
import { words } from '../words';

interface Block {
  title: string;
  sentences: string[];
  table?: DataTable;
}

function blocksOf(report: Report, currency: string): Block[] {
  const verdict = verdictOf(report, currency);
  const figures = verdict.facts.map((fact) => `${fact.value} ${fact.label}`);
  const brief = briefOf(report, currency).map(({ label, text }) => `${label}: ${unmarked(text)}`);
  const blocks: Block[] = [
    { title: verdict.sentence, sentences: [`**${verdict.tag}.** ${verdict.lede.join(' ')}`, ...figures] },
    ...(brief.length > 0 ? [{ title: words.brief.label, sentences: brief }] : []),
    { title: words.share.evidenceTitle, sentences: [], table: ladderTable(report) },
  ];
  const [parts] = breakdownTables(report);
  if (parts) blocks.push({ title: parts.title, sentences: [], table: parts });
  const doubts = [
    ...(report.left_out.length > 0 ? [leftOutTitle(report)] : []),
    ...(report.trust.length > 0 ? [trustTitle(report)] : []),
  ];
  const counting = countedBy(report);
  blocks.push({
    title: words.share.doubts,
    sentences: [...doubts, ...(counting ? [counting] : []), sourceLine(report)],
  });
  return blocks;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');

function markdownTable(table: DataTable): string {
  const line = (cells: string[]) => `| ${cells.map(cell).join(' | ')} |`;
  const heads = titles(table);
  return [line(heads), line(heads.map(() => '---')), ...texts(table).map(line)].join('\n');
}

export function markdownOf(report: Report, currency: string): string {
  return blocksOf(report, currency)
    .map(({ title, sentences, table }, at) => {
      const [first, ...rest] = sentences;
      const list = at === 0 ? rest.map((text) => `- ${text}`) : sentences.map((text) => `- ${text}`);
      return [
        `${at === 0 ? '#' : '##'} ${title.replaceAll('**', '')}`,
        ...(at === 0 && first ? [first] : []),
        ...(list.length > 0 ? [list.join('\n')] : []),
        ...(table ? [markdownTable(table)] : []),
      ].join('\n\n');
    })
    .join('\n\n')
    .concat('\n');
}

function plainTable(table: DataTable): string[] {
  const heads = titles(table);
  return texts(table).map((row) => {
    const [name = '', ...cells] = row;
    const told = cells
      .map((text, at) => [heads[at + 1] ?? '', text] as const)
      .filter(([, text]) => text !== '')
      .map(([head, text]) => `${head.toLowerCase()} ${text}`);
    return `- ${name}: ${told.join('; ')}`;
  });
}

export function plainOf(report: Report, currency: string): string {
  return blocksOf(report, currency)
    .map(({ title, sentences, table }) =>
      [title, ...sentences, ...(table ? plainTable(table) : [])].join('\n').replaceAll('**', ''),
    )
    .join('\n\n')
    .concat('\n');
}
