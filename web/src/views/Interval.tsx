// The marks inside tables and lists: interval with dot, zero rule, what is left without luck. In: an estimate and the domain that
// all rows share. The numbers stand beside it as text; in a column of its own the mark is said in words too.
import type { Estimate } from '../../../wasm/api';
import type { Tone } from '../findings';
import * as format from '../format';
import { words } from '../words';

export interface Domain {
  low: number;
  high: number;
}

/** The span of all intervals, with zero in it. */
export function domainOf(estimates: Estimate[]): Domain {
  const ends = estimates.flatMap(({ value, low, high }) => [low ?? value ?? 0, high ?? value ?? 0]);
  const low = Math.min(0, ...ends);
  const high = Math.max(0, ...ends);
  const room = (high - low) * 0.04 || 0.01;
  return { low: low < 0 ? low - room : 0, high: high + room };
}

export function Interval({
  estimate,
  domain,
  tone,
  zero = false,
  expected,
  hollow = false,
  unit,
}: {
  estimate: Estimate;
  domain: Domain;
  tone: Tone;
  zero?: boolean;
  /** What is left when luck is taken out: a small upright mark. */
  expected?: number | null | undefined;
  /** A hollow dot: no cause may be read from it. */
  hollow?: boolean | undefined;
  /** Given where the mark has a cell of its own: what it shows is then said there too. */
  unit?: string;
}) {
  const place = (value: number) => String((value - domain.low) / (domain.high - domain.low));
  const { value, low, high } = estimate;
  const said = unit === undefined || value === null ? '' : placeText(estimate, unit);
  const plot = (
    <span class={`plot ${tone}`} aria-hidden="true">
      {zero && <span class="zero" style={{ '--at': place(0) }} />}
      {value !== null && (
        <>
          <span class="line" style={{ '--from': place(low ?? value), '--to': place(high ?? value) }} />
          {expected != null && <span class="expected" style={{ '--at': place(expected) }} />}
          <span class={hollow ? 'dot hollow' : 'dot'} style={{ '--at': place(value) }} />
        </>
      )}
    </span>
  );
  return said === '' ? (
    plot
  ) : (
    <>
      {plot}
      <span class="only-read">{said}</span>
    </>
  );
}

/** "6.3 to 18.5, above zero": where the mark lies. */
function placeText(estimate: Estimate, unit: string): string {
  const w = words.figures.place;
  const { low, high } = estimate;
  if (low === null || high === null) return '';
  return w.said(format.interval(estimate, unit), low > 0 ? w.above : high < 0 ? w.below : w.across);
}
