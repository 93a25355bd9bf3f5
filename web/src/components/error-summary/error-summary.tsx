/** Lists what must be put right on this page, takes the focus, and leads to each question. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useTexts } from '../../i18n/context';
import './error-summary.css';

export interface SummaryItem {
  /** Id of the input, or of the group, to go to. */
  readonly targetId: string;
  readonly text: string;
}

interface ErrorSummaryProps {
  readonly items: readonly SummaryItem[];
  /** Changes whenever the person asked to go on again: the summary then takes the focus anew. */
  readonly attempt: number;
}

/** Draws nothing while there is nothing to put right. */
export function ErrorSummary({ items, attempt }: ErrorSummaryProps) {
  const { t } = useTexts();
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => box.current?.focus(), [attempt]);
  if (items.length === 0) return null;
  return (
    <div
      class="error-summary"
      role="alert"
      tabIndex={-1}
      ref={box}
      aria-labelledby="error-summary-title"
    >
      <h2 id="error-summary-title">{t('error_summary_title')}</h2>
      <ul>
        {items.map((item) => (
          <li key={item.targetId + item.text}>
            <a
              href={`#${item.targetId}`}
              onClick={(event) => {
                // The address holds the page of the portal, so the link must not become the address.
                event.preventDefault();
                focusField(item.targetId);
              }}
            >
              {item.text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Brings the question into view, label included, and puts the focus into its first input. */
export function focusField(id: string): void {
  const target = document.getElementById(id);
  if (!target) return;
  const input = target.matches('fieldset')
    ? target.querySelector<HTMLElement>('input, select, textarea, button')
    : target;
  (target.closest('.field') ?? target).scrollIntoView({ block: 'start' });
  (input ?? target).focus({ preventScroll: true });
}
