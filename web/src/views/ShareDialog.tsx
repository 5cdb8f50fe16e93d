// Everything that can be taken along, in one dialog: paper, text, files, a link; for the link, what is in it and what is not.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Report } from '../../../wasm/api';
import { copyText, makeLink, printAs, saveEvidence, saveTables, share, showSlide } from '../actions';
import * as format from '../format';
import { markdownOf, plainOf } from '../share/texts';
import { settings, state, type PrintMode } from '../state';
import { words } from '../words';
import { Dialog } from './Dialog';
import { tablesOf } from './sections';

const modes: PrintMode[] = ['page', 'all', 'slide'];

export function ShareDialog() {
  const { sharing, report } = state.value;
  if (!sharing || !report) return null;
  return (
    <Dialog title={words.share.title} onClose={() => share(false)}>
      <Ways report={report} />
    </Dialog>
  );
}

function Ways({ report }: { report: Report }) {
  const w = words.share;
  const [busy, setBusy] = useState(false);
  const { currency } = settings.value;
  const evidence = async () => {
    setBusy(true);
    try {
      await saveEvidence();
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <p class="soft">{w.lede}</p>
      <h3>{w.paper}</h3>
      <div class="actions">
        {modes.map((mode) => (
          <button
            key={mode}
            type="button"
            class="plain"
            onClick={() => (mode === 'slide' ? showSlide() : printAs(mode))}
          >
            {w.print[mode]}
          </button>
        ))}
      </div>
      <p class="hint">{w.paperHint}</p>
      <h3>{w.text}</h3>
      <div class="actions">
        <button
          type="button"
          class="plain"
          onClick={() => void copyText(markdownOf(report, currency), w.markdown)}
        >
          {w.copyMarkdown}
        </button>
        <button type="button" class="plain" onClick={() => void copyText(plainOf(report, currency), w.plain)}>
          {w.copyPlain}
        </button>
      </div>
      <h3>{w.files}</h3>
      <div class="actions">
        <button
          type="button"
          class="plain"
          onClick={() => void saveTables(tablesOf(report), markdownOf(report, currency))}
        >
          {w.tables}
        </button>
        <button type="button" class="plain" disabled={busy} onClick={() => void evidence()}>
          {busy ? w.hashing : w.evidence}
        </button>
      </div>
      <p class="hint">{w.evidenceHint}</p>
      <h3>{w.linkTitle}</h3>
      <Link />
    </>
  );
}

type Made = NonNullable<Awaited<ReturnType<typeof makeLink>>>;

function Link() {
  const w = words.share;
  const [made, setMade] = useState<Made | null>(null);
  const current = useRef(true);
  const { report } = state.value;
  useEffect(() => {
    current.current = true;
    void makeLink().then((link) => current.current && setMade(link));
    return () => {
      current.current = false;
    };
  }, [report]);
  if (!made) return <p class="hint">{w.making}</p>;
  const shown = made.report;
  const inside = w.insideList({
    window: format.days(shown.settings.window_days),
    metrics: shown.metrics.length,
    periods: shown.series.month.length + shown.series.quarter.length,
    parts: shown.breakdown.rows.length,
    files: shown.files.length,
  });
  return (
    <div class="link">
      <div class="two">
        <div>
          <h4>{w.inside}</h4>
          <ul class="plain-list">
            {inside.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </div>
        <div>
          <h4>{w.outside}</h4>
          <ul class="plain-list">
            {w.outsideList(made.masked, made.hidden).map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </div>
      </div>
      <details>
        <summary>{w.whole}</summary>
        <pre tabIndex={0} role="region" aria-label={w.whole}>
          {JSON.stringify(shown, null, 1)}
        </pre>
      </details>
      <div class="actions">
        <button type="button" class="main" onClick={() => void copyText(made.address, w.link)}>
          {w.copyLink}
        </button>
        <span class="hint">{w.length(made.address.length)}</span>
      </div>
    </div>
  );
}
