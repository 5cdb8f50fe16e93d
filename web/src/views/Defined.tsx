// A number that leads to its definition further down.
import type { ComponentChildren } from 'preact';
import type { Metric } from '../../../wasm/api';
import { words } from '../words';

export function Defined({ metric, children }: { metric: Metric | undefined; children: ComponentChildren }) {
  if (!metric) return <>{children}</>;
  return (
    <a
      class="defined"
      href={`#${metric.id}`}
      title={metric.definition || words.ladder.definitionOf(metric.name)}
    >
      {children}
    </a>
  );
}
