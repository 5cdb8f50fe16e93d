// A table of numbers that can be sorted by any of its columns. In: a DataTable. A press on a title sorts by it, largest first
// for numbers; a second press turns the order round, a third brings back the order that it came in.
import { useState } from 'preact/hooks';
import { isNumeric, shown, sorted, type DataTable } from '../tables';
import { words } from '../words';
import { Episodes } from './Audit';

interface Order {
  column: number;
  direction: 1 | -1;
}

export function useOrder(table: DataTable) {
  const [order, setOrder] = useState<Order | null>(null);
  const first = (column: number): 1 | -1 => (isNumeric(table.columns[column]!) ? -1 : 1);
  const press = (column: number) => {
    if (order?.column !== column) setOrder({ column, direction: first(column) });
    else if (order.direction === first(column)) setOrder({ column, direction: first(column) === 1 ? -1 : 1 });
    else setOrder(null);
  };
  const rows = order ? sorted(table, order.column, order.direction) : table.rows;
  return { order, press, rows };
}

/** The title of a column, which sorts by it. */
export function SortTitle({
  name,
  column,
  order,
  press,
  class: classes = '',
}: {
  name: string;
  column: number;
  order: Order | null;
  press: (column: number) => void;
  class?: string;
}) {
  const mine = order?.column === column ? order.direction : 0;
  return (
    <th
      scope="col"
      role="columnheader"
      class={classes}
      aria-sort={mine === 0 ? undefined : mine === 1 ? 'ascending' : 'descending'}
    >
      <button type="button" class="sort" title={words.table.sort(name)} onClick={() => press(column)}>
        {name}
        <span aria-hidden="true">{mine === 0 ? '' : mine === 1 ? ' ↑' : ' ↓'}</span>
      </button>
    </th>
  );
}

export function Numbers({ table }: { table: DataTable }) {
  const { order, press, rows } = useOrder(table);
  return (
    <table class="numbers">
      <caption class="only-read">{table.title}</caption>
      <thead>
        <tr>
          {table.columns.map((column, index) => (
            <SortTitle
              key={index}
              name={column.name}
              column={index}
              order={order}
              press={press}
              class={isNumeric(column) ? 'num' : ''}
            />
          ))}
          {table.episodes && <th scope="col">{words.audit.column}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <tr key={at}>
            {table.columns.map((column, index) => {
              const [value, interval] = shown(column, row, index);
              const content = (
                <>
                  {value}
                  {interval && <small>{interval}</small>}
                </>
              );
              return index === 0 ? (
                <th key={index} scope="row">
                  {content}
                </th>
              ) : (
                <td key={index} class={isNumeric(column) ? 'num' : undefined}>
                  {content}
                </td>
              );
            })}
            {table.episodes && (
              <td>{table.episodes.has(row) && <Episodes {...table.episodes.get(row)!} />}</td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
