// A section of the results: a heading that states the finding, a line that says what is shown. Folded, its finding stays in sight,
// and the browser's own search finds what is in it.
import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useRef } from 'preact/hooks';
import { foldSections } from '../actions';

/** Is the section open? Null = it cannot be folded. Given by whoever lists the sections. */
export const Open = createContext<boolean | null>(null);

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
  const open = useContext(Open);
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const found = () => foldSections({ [id]: true });
    const element = body.current;
    element?.addEventListener('beforematch', found);
    return () => element?.removeEventListener('beforematch', found);
  }, [id]);
  const folded = open === false;
  return (
    <section id={id} tabIndex={-1} aria-labelledby={`${id}-title`} data-section={id} data-open={open}>
      <h2 id={`${id}-title`}>
        {open === null ? (
          title
        ) : (
          <button
            type="button"
            class="fold-section"
            aria-expanded={open}
            aria-controls={`${id}-body`}
            onClick={() => foldSections({ [id]: !open })}
          >
            {title}
          </button>
        )}
      </h2>
      <div id={`${id}-body`} class="body" ref={body} hidden={folded ? 'until-found' : undefined}>
        {[lede, controls].some(Boolean) && (
          <div class="head">
            {lede && <p>{lede}</p>}
            {controls && <div class="controls">{controls}</div>}
          </div>
        )}
        {children}
      </div>
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
