/** A date as year, month and day; the other calendar stands beside it as one types. */
import { useRef, useState } from 'preact/hooks';
import { describedBy, Field } from '../../components/field/field';
import { useTexts } from '../../i18n/context';
import { formatCalendarDate } from '../../i18n/dates';
import { rocYearText } from '../answer-text';
import { guessCalendar, joinDate, splitDate } from '../date-parts';
import type { DateParts } from '../date-parts';
import type { FieldProps } from '../field-props';

const kParts = ['year', 'month', 'day'] as const;

export function DateField({ session, placed, state, frame }: FieldProps) {
  const texts = useTexts();
  const { t } = texts;
  const { path } = placed;
  const [typing, setTyping] = useState<DateParts | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const partial = placed.node.type === 'partial_date';
  const value = session.valueOf(path);
  const parts = typing ?? splitDate(typeof value === 'string' ? value : '');
  const change = (next: DateParts): void => {
    setTyping(next);
    const date = joinDate(next, partial);
    session.type(path, date === '' ? null : date);
  };
  const leave = (to: EventTarget | null): void => {
    // Going from month to day is not leaving the date.
    if (to instanceof Node && box.current?.closest('fieldset')?.contains(to)) return;
    setTyping(null);
    session.leave(path);
  };
  // While the year is still being typed, "199" is on its way to 1990: wait for the month.
  const guess = parts.month === '' ? null : guessCalendar(parts.year);
  return (
    <Field frame={frame} group>
      <div class="date" ref={box} onFocusOut={(event) => leave(event.relatedTarget)}>
        {kParts.map((part) => (
          <label key={part} class={`date__part date__part--${part}`}>
            <span>{t(`date_${part}`)}</span>
            <input
              class="input"
              id={`${frame.id}-${part}`}
              name={`${frame.id}-${part}`}
              type="text"
              inputMode="numeric"
              autocomplete="off"
              maxLength={part === 'year' ? 12 : 4}
              value={parts[part]}
              readOnly={state.readonly}
              aria-invalid={frame.errors.length > 0}
              aria-describedby={describedBy(frame)}
              onInput={(event) => change({ ...parts, [part]: event.currentTarget.value })}
            />
          </label>
        ))}
      </div>
      {guess && (
        <p class="field__echo">
          <button
            type="button"
            class="button button--plain"
            onClick={() => {
              change({ ...parts, year: String(guess.year) });
              leave(null);
            }}
          >
            {t(guess.calendar === 'roc' ? 'date_guess_roc' : 'date_guess_buddhist', {
              typed: String(guess.typed),
              year: String(guess.year),
            })}
          </button>
        </p>
      )}
      <DateEcho date={joinDate(parts, partial)} />
    </Field>
  );
}

function DateEcho({ date }: { readonly date: string }) {
  const texts = useTexts();
  const words = formatCalendarDate(date, texts.locale);
  if (words === date) return null;
  return (
    <p class="field__echo">
      {words} · {rocYearText(date, texts)}
    </p>
  );
}
