/** Questions and answers to read through, each with a way to change it. */
import type { ComponentChildren } from 'preact';
import './summary-list.css';

export interface SummaryRow {
  readonly id: string;
  readonly label: string;
  readonly value: ComponentChildren;
  readonly action?: {
    readonly text: string;
    readonly hidden: string;
    readonly onClick: () => void;
  };
}

export function SummaryList({ rows }: { readonly rows: readonly SummaryRow[] }) {
  return (
    <dl class="summary-list">
      {rows.map((row) => (
        <div class="summary-list__row" key={row.id}>
          <dt>{row.label}</dt>
          <dd class="summary-list__value">{row.value}</dd>
          {row.action && (
            <dd class="summary-list__action">
              <button type="button" class="button button--plain" onClick={row.action.onClick}>
                {row.action.text}
                <span class="visually-hidden"> {row.action.hidden}</span>
              </button>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
