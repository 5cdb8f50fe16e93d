// A section of the results: a heading that states the finding, a line that says what is shown.
import type { ComponentChildren } from 'preact';

export function Section({
  id,
  title,
  lede,
  controls,
  children,
}: {
  id: string;
  title: string;
  lede?: string;
  controls?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <section id={id} tabIndex={-1} aria-labelledby={`${id}-title`} data-section={id}>
      <div class="head">
        <div>
          <h2 id={`${id}-title`}>{title}</h2>
          {lede && <p>{lede}</p>}
        </div>
        {controls && <div class="controls">{controls}</div>}
      </div>
      {children}
    </section>
  );
}

/** What most teams do not need first: its conclusion stands outside, in the heading. Open on paper. */
export function Fold({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <details class="fold">
      <summary>{label}</summary>
      {children}
    </details>
  );
}

/** A section of which the data hold nothing: it says what is missing instead of drawing an empty chart. */
export function Missing({ id, title, text }: { id: string; title: string; text: string }) {
  return (
    <section id={id} tabIndex={-1} class="missing" aria-labelledby={`${id}-title`} data-section={id}>
      <h2 id={`${id}-title`}>{title}</h2>
      <p>{text}</p>
    </section>
  );
}
