// What stands behind the definition of a metric: formula, interval, defaults with their reason, who describes it.
import type { MetricText } from '../../../wasm/api';
import * as format from '../format';
import { words } from '../words';

/** Who describes the metric: "S1-02" is item 2 of the second source. */
export function sourcesOf(sources: string[]): string {
  const names = sources.map((item) => words.method.sourceNames[item.slice(0, 2)] ?? item);
  return format.list([...new Set(names)]);
}

export function MetricDefinition({ metric }: { metric: MetricText }) {
  const w = words.method;
  const lines: [string, string][] = [
    [w.formula, metric.formula],
    [w.intervalBy, metric.interval],
    [w.excluded, metric.excluded],
    [w.whyDefault, metric.default_reason],
    [w.sources, sourcesOf(metric.sources)],
  ];
  return (
    <>
      {lines
        .filter(([, text]) => text !== '')
        .map(([name, text]) => (
          <dd key={name} class="soft">
            {name}: {text}
          </dd>
        ))}
    </>
  );
}
