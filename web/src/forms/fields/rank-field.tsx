/** Choices in an order: pressed one after another they get their places; a second press takes one out. */
import { Field } from '../../components/field/field';
import { useTexts } from '../../i18n/context';
import type { FieldProps } from '../field-props';
import { choicesOf } from './choice-field';
import './measured-field.css';

export function RankField(props: FieldProps) {
  const { session, placed, frame, state } = props;
  const { t } = useTexts();
  const choices = choicesOf(props);
  const value = session.valueOf(placed.path);
  const order = Array.isArray(value) ? (value as readonly string[]) : [];
  const toggle = (name: string): void => {
    const next = order.includes(name) ? order.filter((one) => one !== name) : [...order, name];
    session.answer(placed.path, next.length > 0 ? next : null);
  };
  return (
    <Field frame={frame} group>
      <p class="field__hint">{t('rank_how')}</p>
      <div class="choices">
        {choices.map((choice, index) => {
          const place = order.indexOf(choice.name) + 1;
          return (
            <label class="choice" key={choice.name}>
              <input
                class="visually-hidden"
                type="checkbox"
                id={`${frame.id}-c${index}`}
                name={frame.id}
                autocomplete="off"
                checked={place > 0}
                disabled={state.readonly}
                onChange={() => toggle(choice.name)}
              />
              <span class="rank__place" aria-hidden="true">
                {place > 0 ? place : ''}
              </span>
              <span>
                {session.textAt(placed.path, choice.label)}
                {place > 0 && <span class="visually-hidden"> {t('rank_place', { place })}</span>}
              </span>
            </label>
          );
        })}
      </div>
    </Field>
  );
}
