/** A number on a scale: a slider, and the number it stands at. Nothing is chosen until it was moved. */
import { describedBy, Field } from '../../components/field/field';
import { Button } from '../../components/button/button';
import { useTexts } from '../../i18n/context';
import type { FieldProps } from '../field-props';
import './measured-field.css';

interface Scale {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** The last step down from `start` that `end` allows: sliders count steps from their lower end. */
function lowestStep(start: number, end: number, step: number): number {
  const steps = Math.floor((start - end) / step + 1e-9);
  return Number((start - steps * step).toPrecision(12));
}

/** XLSForm's own defaults are those of the engine: 1 to 10 in steps of 1. */
export function scaleOf(parameters: Readonly<Record<string, string>> = {}): Scale {
  const read = (name: string, otherwise: number): number => {
    const number = Number(parameters[name] ?? otherwise);
    return Number.isFinite(number) ? number : otherwise;
  };
  const ends = [read('start', 1), read('end', 10)] as const;
  const given = Math.abs(read('step', 1));
  const step = given > 0 ? given : 1;
  const [start, end] = ends;
  return { from: start > end ? lowestStep(start, end, step) : start, to: Math.max(...ends), step };
}

export function RangeField({ session, placed, state, frame }: FieldProps) {
  const { t } = useTexts();
  const { path } = placed;
  const { from, to, step } = scaleOf(placed.node.parameters);
  const value = session.valueOf(path);
  const chosen = typeof value === 'number' ? value : null;
  return (
    <Field frame={frame}>
      <div class="range">
        <span class="range__end">{from}</span>
        <input
          class={`range__slider${chosen === null ? ' range__slider--open' : ''}`}
          id={frame.id}
          name={frame.id}
          type="range"
          autocomplete="off"
          min={from}
          max={to}
          step={step}
          value={chosen ?? from}
          disabled={state.readonly}
          aria-describedby={describedBy(frame)}
          aria-invalid={frame.errors.length > 0}
          aria-valuetext={chosen === null ? t('range_not_chosen') : String(chosen)}
          onInput={(event) => session.type(path, event.currentTarget.valueAsNumber)}
          // A press on the end where the slider already stands moves nothing, yet it is a choice.
          onClick={(event) => session.answer(path, event.currentTarget.valueAsNumber)}
          onBlur={() => session.leave(path)}
        />
        <span class="range__end">{to}</span>
      </div>
      <p class="range__value">
        <output for={frame.id}>{chosen ?? t('range_not_chosen')}</output>
        {chosen !== null && !state.readonly && (
          <Button kind="plain" onClick={() => session.answer(path, null)}>
            {t('answer_clear')}
          </Button>
        )}
      </p>
    </Field>
  );
}
