// The result as one slide, 16:9: the answer, its figures, one chart, where it comes from. On the screen as large as fits; on
// paper a page of its own.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Report } from '../../../wasm/api';
import { closeSlide, printAs } from '../actions';
import type { Drawing } from '../charts/marks';
import { drawTrend } from '../charts/trend';
import { breakdownTitle, sourceLine, verdictOf } from '../findings';
import type { Period } from '../format';
import { choices, settings } from '../state';
import { chosenLine, trendTitle } from '../trend';
import { words } from '../words';
import { breakdownDrawing } from './Breakdown';
import { Drawn } from './ChartCard';
import { Rich } from './Rich';

const kWidth = 1280;
const kChart = 540;
const kMostRows = 5;

/** The chart that says most: which part works; else how it went over time. */
function chartOf(report: Report, period: Period): { title: string; drawing: Drawing } | null {
  const { breakdown } = report;
  if (breakdown.known_in_both_arms && breakdown.rows.length > 1) {
    const drawing = breakdownDrawing(report, kMostRows);
    return { title: breakdownTitle(breakdown, report.settings.second_breakdown), drawing };
  }
  const line = chosenLine(report, null, period);
  return line && { title: trendTitle(line, period), drawing: drawTrend(line, period) };
}

export function Slide({ report }: { report: Report }) {
  const verdict = verdictOf(report, settings.value.currency);
  const { period } = choices.value;
  const chart = useMemo(() => chartOf(report, period), [report, period]);
  const view = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState(1);
  useEffect(() => {
    const fit = () => setZoom(Math.min(1, (view.current?.clientWidth ?? kWidth) / kWidth));
    fit();
    window.addEventListener('resize', fit);
    return () => window.removeEventListener('resize', fit);
  }, []);
  return (
    <div class="slide-view" ref={view}>
      <div class="actions">
        <button type="button" class="main" onClick={() => printAs('slide')}>
          {words.share.printSlide}
        </button>
        <button type="button" class="plain" onClick={closeSlide}>
          {words.share.back}
        </button>
      </div>
      <section class={`slide ${verdict.tone}`} style={{ '--zoom': String(zoom) }} data-slide>
        <div class="say">
          <p class="above">
            <span class="tag">{verdict.tag}</span>
          </p>
          <h1 tabIndex={-1}>
            <Rich text={verdict.sentence} as="mark" />
          </h1>
          <p>
            <Rich text={verdict.lede[0] ?? ''} />
          </p>
          <ul class="facts">
            {verdict.facts.map((fact) => (
              <li key={fact.label}>
                <b>{fact.value}</b>
                <span>{fact.label}</span>
              </li>
            ))}
          </ul>
        </div>
        {chart && (
          <figure>
            <figcaption>{chart.title}</figcaption>
            <Drawn drawing={chart.drawing} label={chart.title} width={kChart} />
          </figure>
        )}
        <p class="source">{sourceLine(report)}</p>
      </section>
    </div>
  );
}
