// What to do: the levers that causes suggest, largest prize first, each with its owner, what it should move and when to look again.
import type { LeverCard, Report } from '../../../wasm/api';
import { copyText } from '../actions';
import { findingName, leverName, leversTitle, ownerText, prizeText, quantityName } from '../causes';
import { saveText } from '../downloads';
import * as format from '../format';
import { reminder } from '../reminder';
import { named, unmarked } from '../said';
import { count, estimate, text, type DataTable } from '../tables';
import { words, wordFor } from '../words';
import { Said } from './Said';
import { Missing, Section } from './Section';
import { Tools } from './Tools';

/** Under which condition: as good as a better group, or left off. */
function prizeOf({ prize }: LeverCard): string {
  if (!prize) return '';
  const w = words.levers;
  const [group, volume] = [named(prize.group), format.count(prize.volume)];
  return prize.better === ''
    ? w.prizeOfStopping(group, volume)
    : w.prizeOf(group, named(prize.better), volume);
}

function becauseOf({ findings, prize }: LeverCard): string {
  const w = words.levers;
  if (prize?.better === '') return w.becauseHarm;
  if (findings.length === 0) return w.noHoldout;
  return w.because(findings.map((id) => findingName({ id, label: '' }).toLowerCase()).join('; '));
}

const expectOf = (report: Report, lever: LeverCard): string =>
  words.levers.expect(quantityName(report, lever.expected_metric), lever.expected_direction);

/** The lever as a task for whoever does it: plain text, one fact on a line. */
function taskOf(report: Report, lever: LeverCard): string {
  const w = words.levers;
  const worth = lever.prize
    ? `${format.sentenceCase(w.prize(unmarked(prizeText(report, lever.prize.contacts))))}, ${prizeOf(lever)}`
    : wordFor(w.noPrize, lever.no_prize);
  const owner = ownerText(lever);
  return [
    leverName(lever.id),
    w.list[lever.id]?.how ?? '',
    worth,
    becauseOf(lever),
    owner ? w.owner(owner) : '',
    expectOf(report, lever),
    w.recheck(format.days(lever.recheck_days)),
  ]
    .filter(Boolean)
    .join('\n');
}

export function Levers({ report }: { report: Report }) {
  const w = words.levers;
  const { levers } = report.insight;
  const title = leversTitle(report);
  if (levers.length === 0) return <Missing id="levers" title={title} text={w.none} />;
  return (
    <Section id="levers" title={title} lede={w.lede}>
      <ol class="findings">
        {levers.map((lever) => (
          <Card key={lever.id} lever={lever} report={report} />
        ))}
      </ol>
      <Tools title={title} lede={w.lede} table={leverTables(report)[0]!} />
    </Section>
  );
}

function Card({ lever, report }: { lever: LeverCard; report: Report }) {
  const w = words.levers;
  const { id, prize } = lever;
  const owner = ownerText(lever);
  return (
    <li class="card" id={id} tabIndex={-1} data-lever={id}>
      <h3>{leverName(id)}</h3>
      <p>{w.list[id]?.how}</p>
      {prize ? (
        <p>
          <b>
            <Said text={format.sentenceCase(w.prize(prizeText(report, prize.contacts)))} report={report} />
          </b>
          , {prizeOf(lever)}.
        </p>
      ) : (
        <p class="soft">{wordFor(w.noPrize, lever.no_prize)}</p>
      )}
      <ul class="plain-list soft">
        <li>{becauseOf(lever)}</li>
        <li>{owner ? w.owner(owner) : w.nobody}</li>
        <li>{expectOf(report, lever)}</li>
        <li>{w.recheck(format.days(lever.recheck_days))}</li>
      </ul>
      <Take lever={lever} report={report} />
    </li>
  );
}

/** The lever for whoever does it: copied, as a letter to its owner, and as a reminder of the day to look again. */
function Take({ lever, report }: { lever: LeverCard; report: Report }) {
  const w = words.levers;
  const task = taskOf(report, lever);
  const name = leverName(lever.id);
  const remind = () => {
    const content = reminder(w.reminder(name), task, lever.recheck_days);
    saveText(`preempt-${lever.id}.ics`, content, 'text/calendar');
  };
  const letter = new URLSearchParams({ subject: w.subject(name), body: task.replaceAll('\n', '\r\n') });
  const { handle } = lever.owner;
  return (
    <p class="ways">
      <button type="button" class="quiet" onClick={() => void copyText(task, w.copied)}>
        {w.copy}
      </button>
      {handle.includes('@') && (
        <a
          href={`mailto:${encodeURIComponent(handle).replaceAll('%40', '@')}?${letter.toString().replaceAll('+', '%20')}`}
        >
          {w.write}
        </a>
      )}
      <button type="button" class="quiet" onClick={remind}>
        {w.remind}
      </button>
    </p>
  );
}

export function leverTables(report: Report): DataTable[] {
  const { head } = words.levers;
  return [
    {
      id: 'levers',
      title: leversTitle(report),
      columns: [
        text(head.lever),
        text(head.how),
        estimate(head.prize, 'amount'),
        text(head.of),
        text(head.because),
        text(head.expect),
        count(head.recheck),
      ],
      rows: report.insight.levers.map((lever) => [
        leverName(lever.id),
        words.levers.list[lever.id]?.how ?? '',
        lever.prize?.contacts ?? null,
        prizeOf(lever),
        becauseOf(lever),
        expectOf(report, lever),
        lever.recheck_days,
      ]),
    },
  ];
}
