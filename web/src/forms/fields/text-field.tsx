/** One line or several lines of text; also numbers, which stay text until they read as numbers. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { describedBy, Field } from '../../components/field/field';
import { useTexts } from '../../i18n/context';
import type { Answer } from '../../engine/protocol';
import { foldDigits } from '../date-parts';
import type { FieldProps } from '../field-props';

interface InputTraits {
  readonly inputMode?: 'numeric' | 'decimal' | 'tel' | 'email';
  readonly type?: 'tel';
  readonly capitals?: boolean;
  readonly code?: boolean;
  readonly lines?: number;
}

/** How the keyboard should look for each type; whether the text is right is the engine's to say. */
function traitsOf(type: string, appearance: string): InputTraits {
  switch (type) {
    case 'integer':
      return { inputMode: 'numeric' };
    case 'decimal':
      return { inputMode: 'decimal' };
    case 'phone':
    case 'tw_phone':
      return { type: 'tel', inputMode: 'tel' };
    case 'email':
      return { inputMode: 'email' };
    case 'name_en':
      return { capitals: true };
    case 'barcode':
    case 'geopoint':
    case 'time':
    case 'dateTime':
      return { code: true };
    case 'mrz':
      return { capitals: true, code: true, lines: 2 };
    case 'text':
    case 'string':
      return appearance.includes('multiline') ? { lines: 4 } : {};
    default:
      // Identifiers: document and permit numbers of every kind.
      return /name|address|text/.test(type) ? {} : { capitals: true, code: true };
  }
}

/** The answer for what was typed: a number only where the question takes one and the text is one. */
export function textAnswer(type: string, text: string): Answer {
  if (text === '') return null;
  if (type !== 'integer' && type !== 'decimal') return text;
  const folded = foldDigits(text);
  const shape = type === 'integer' ? /^-?\d{1,15}$/ : /^-?\d{1,15}(\.\d{1,15})?$/;
  return shape.test(folded) ? Number(folded) : text;
}

interface TextFieldProps extends FieldProps {
  /** Other ways to answer, below the input. */
  readonly children?: ComponentChildren;
}

export function TextField({ session, placed, state, frame, children }: TextFieldProps) {
  const { t } = useTexts();
  const { node, path } = placed;
  const [typing, setTyping] = useState<string | null>(null);
  const traits = traitsOf(node.type, node.appearance ?? '');
  const value = session.valueOf(path);
  const text =
    typing ?? (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
  const common = {
    id: frame.id,
    name: frame.id,
    class: `input${traits.code ? ' input--code' : ''}${traits.inputMode === 'numeric' ? ' input--short' : ''}`,
    value: text,
    dir: 'auto' as const,
    autocomplete: 'off' as const,
    autocapitalize: traits.capitals ? ('characters' as const) : ('off' as const),
    autocorrect: 'off',
    spellcheck: false,
    'aria-describedby': describedBy(frame),
    'aria-invalid': frame.errors.length > 0,
    onFocus: () => setTyping(text),
    onBlur: () => {
      setTyping(null);
      session.leave(path);
    },
  };
  const onInput = (typed: string): void => {
    setTyping(typed);
    session.type(path, textAnswer(node.type, typed));
  };
  return (
    <Field frame={frame}>
      {traits.lines === undefined ? (
        <input
          {...common}
          {...(traits.type === 'tel' ? { type: 'tel' as const } : { type: 'text' as const })}
          inputMode={traits.inputMode ?? 'text'}
          readOnly={state.readonly}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      ) : (
        <textarea
          {...common}
          rows={traits.lines}
          readOnly={state.readonly}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
      {typing === null && state.normalised !== undefined && (
        <p class="field__echo">
          {t('field_normalised')} <bdi translate={false}>{state.normalised}</bdi>
        </p>
      )}
      {children}
    </Field>
  );
}
