// A sentence whose numbers lead to their definitions (said.ts).
import { Fragment } from 'preact';
import type { Report } from '../../../wasm/api';
import { metricOf } from '../findings';
import { pieces } from '../said';
import { Defined } from './Defined';

export function Said({ text, report }: { text: string; report: Report }) {
  return (
    <>
      {pieces(text).map(({ text: part, metric, strong }, index) => {
        const content = metric ? <Defined metric={metricOf(report, metric)}>{part}</Defined> : part;
        return strong ? <b key={index}>{content}</b> : <Fragment key={index}>{content}</Fragment>;
      })}
    </>
  );
}
