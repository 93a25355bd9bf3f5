/** One of several, or several of several: radios, ticks, or a list with a filter when it is long. */
import { useMemo, useState } from 'preact/hooks';
import { describedBy, Field } from '../../components/field/field';
import type { Answer, Choice } from '../../engine/protocol';
import { useTexts } from '../../i18n/context';
import { meansContinue } from '../composing';
import type { FieldProps } from '../field-props';

/** More choices than this do not fit beside each other on a phone: a list takes their place. */
const kMostRadios = 7;
/** From here on a list is tiresome to scroll, so it gets a filter. */
const kFilterFrom = 15;
/** More options than this make a phone wait at each key, and nobody scrolls through them. */
const kMostOptions = 300;

/** The question's choices, without those that its filter leaves out. */
export function choicesOf({ session, placed, state }: FieldProps): readonly Choice[] {
  const all = session.form.description.choices[placed.node.list ?? ''] ?? [];
  return state.choices ? all.filter((choice) => state.choices?.includes(choice.name)) : all;
}

export function SelectOneField(props: FieldProps) {
  const choices = choicesOf(props);
  const asList =
    choices.length > kMostRadios || (props.placed.node.appearance ?? '').includes('minimal');
  return asList ? (
    <ListField {...props} choices={choices} />
  ) : (
    <RadioField {...props} choices={choices} />
  );
}

type ChoiceProps = FieldProps & { readonly choices: readonly Choice[] };

function RadioField({ session, placed, frame, state, choices }: ChoiceProps) {
  const value = session.valueOf(placed.path);
  return (
    <Field frame={frame} group>
      <div class="choices">
        {choices.map((choice, index) => (
          <label class="choice" key={choice.name}>
            <input
              type="radio"
              id={`${frame.id}-c${index}`}
              name={frame.id}
              autocomplete="off"
              checked={value === choice.name}
              disabled={state.readonly}
              onChange={() => session.answer(placed.path, choice.name)}
            />
            <span>{session.textAt(placed.path, choice.label)}</span>
          </label>
        ))}
      </div>
    </Field>
  );
}

function ListField({ session, placed, frame, state, choices }: ChoiceProps) {
  const { t, locale } = useTexts();
  const [filter, setFilter] = useState('');
  const named = useMemo(
    () =>
      choices.map((choice) => ({
        name: choice.name,
        label: session.textAt(placed.path, choice.label),
      })),
    [choices, session, placed.path, state.outputs],
  );
  const value = session.valueOf(placed.path);
  const matching = named.filter(
    (choice) => choice.name === value || matches(choice.label, filter, locale.intl),
  );
  const found = matching.filter((choice) => matches(choice.label, filter, locale.intl));
  const left = matching.length - kMostOptions;
  const shown =
    left > 0
      ? matching.filter((choice, index) => index < kMostOptions || choice.name === value)
      : matching;
  return (
    <Field frame={frame}>
      {named.length >= kFilterFrom && !state.readonly && (
        <ListFilter
          {...{ id: `${frame.id}-filter`, filter, found, value }}
          onFilter={setFilter}
          onTake={(name) => session.answer(placed.path, name)}
        />
      )}
      <select
        class="input"
        id={frame.id}
        name={frame.id}
        autocomplete="off"
        disabled={state.readonly}
        aria-describedby={describedBy(frame)}
        aria-invalid={frame.errors.length > 0}
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => session.answer(placed.path, event.currentTarget.value || null)}
      >
        <option value="">{t('list_choose')}</option>
        {shown.map((choice) => (
          <option key={choice.name} value={choice.name} selected={choice.name === value}>
            {choice.label}
          </option>
        ))}
        {left > 0 && <option disabled>{t('list_more', { count: left })}</option>}
      </select>
    </Field>
  );
}

interface NamedChoice {
  readonly name: string;
  readonly label: string;
}

interface ListFilterProps {
  readonly id: string;
  readonly filter: string;
  readonly found: readonly NamedChoice[];
  readonly value: Answer;
  readonly onFilter: (filter: string) => void;
  readonly onTake: (name: string) => void;
}

/** Shortens the list; whoever typed until one is left has answered, so leaving the filter takes that one. */
function ListFilter({ id, filter, found, value, onFilter, onTake }: ListFilterProps) {
  const { t } = useTexts();
  const only = filter.trim() !== '' && found.length === 1 ? found[0] : undefined;
  const take = (): void => {
    if (only && only.name !== value) onTake(only.name);
  };
  const told = (): string => {
    if (filter === '') return '';
    return only && only.name === value
      ? t('list_taken', { choice: only.label })
      : t('list_matches', { count: found.length });
  };
  return (
    <div class="filter">
      <label for={id}>{t('list_filter')}</label>
      <input
        class="input"
        id={id}
        type="text"
        autocomplete="off"
        spellcheck={false}
        value={filter}
        onInput={(event) => onFilter(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (!meansContinue(event)) return;
          // Here Enter takes the only match; it must not leave the page.
          event.preventDefault();
          event.stopPropagation();
          take();
        }}
      />
      <p class="filter__count" role="status">
        {told()}
      </p>
    </div>
  );
}

/** True when every word of `filter` occurs in `label`; case and accents do not count. */
export function matches(label: string, filter: string, locale: string): boolean {
  const plain = (text: string): string =>
    text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase(locale);
  const text = plain(label);
  return plain(filter)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

export function SelectMultipleField(props: FieldProps) {
  const { session, placed, frame, state } = props;
  const choices = choicesOf(props);
  const value = session.valueOf(placed.path);
  const chosen = new Set(Array.isArray(value) ? (value as readonly string[]) : []);
  const toggle = (name: string, on: boolean): void => {
    const names = choices
      .map((choice) => choice.name)
      .filter((one) => (one === name ? on : chosen.has(one)));
    session.answer(placed.path, names.length > 0 ? names : null);
  };
  return (
    <Field frame={frame} group>
      <div class="choices">
        {choices.map((choice, index) => (
          <label class="choice" key={choice.name}>
            <input
              type="checkbox"
              id={`${frame.id}-c${index}`}
              name={frame.id}
              autocomplete="off"
              checked={chosen.has(choice.name)}
              disabled={state.readonly}
              onChange={(event) => toggle(choice.name, event.currentTarget.checked)}
            />
            <span>{session.textAt(placed.path, choice.label)}</span>
          </label>
        ))}
      </div>
    </Field>
  );
}

/** Yes or no, with neither chosen at first. */
export function BooleanField({ session, placed, frame, state }: FieldProps) {
  const { t } = useTexts();
  const value = session.valueOf(placed.path);
  return (
    <Field frame={frame} group>
      <div class="choices choices--pair">
        {[true, false].map((answer) => (
          <label class="choice" key={String(answer)}>
            <input
              type="radio"
              id={`${frame.id}-${answer ? 'yes' : 'no'}`}
              name={frame.id}
              autocomplete="off"
              checked={value === answer}
              disabled={state.readonly}
              onChange={() => session.answer(placed.path, answer)}
            />
            <span>{t(answer ? 'yes' : 'no')}</span>
          </label>
        ))}
      </div>
    </Field>
  );
}

interface AcknowledgeProps extends FieldProps {
  /** What a tick answers. */
  readonly agreed?: string | true;
}

/** One tick to agree. Its label is the statement itself, so nothing stands above it twice. */
export function AcknowledgeField({
  session,
  placed,
  frame,
  state,
  agreed = true,
}: AcknowledgeProps) {
  const value = session.valueOf(placed.path);
  return (
    <div class={`field${frame.errors.length > 0 ? ' field--error' : ''}`}>
      {frame.hint && (
        <p class="field__hint" id={`${frame.id}-hint`}>
          {frame.hint}
        </p>
      )}
      {frame.errors.length > 0 && (
        <p class="field__error" id={`${frame.id}-error`}>
          {frame.errors.join(' ')}
        </p>
      )}
      <label class="choice">
        <input
          type="checkbox"
          id={frame.id}
          name={frame.id}
          autocomplete="off"
          checked={value === agreed}
          disabled={state.readonly}
          aria-describedby={describedBy(frame)}
          aria-invalid={frame.errors.length > 0}
          onChange={(event) =>
            session.answer(placed.path, event.currentTarget.checked ? agreed : null)
          }
        />
        <span>{frame.label}</span>
      </label>
    </div>
  );
}
