/** Where a PIN or a passphrase is typed: hidden unless the person wants to see it. */
import { useState } from 'preact/hooks';
import { describedBy, Field } from '../components/field/field';
import type { FieldFrame } from '../components/field/field';
import type { PasswordMethod } from '../engine/password';
import { useTexts } from '../i18n/context';

interface PasswordFieldProps {
  readonly frame: FieldFrame;
  readonly method: PasswordMethod;
  readonly value: string;
  readonly onInput: (value: string) => void;
  /** The same typed once more, to be sure: shown and hidden together. */
  readonly again?: Omit<PasswordFieldProps, 'method' | 'again'>;
}

export function PasswordField({ again, ...first }: PasswordFieldProps) {
  const { t } = useTexts();
  const [shown, setShown] = useState(false);
  return (
    <>
      <Line {...first} shown={shown} />
      {again && <Line {...again} method={first.method} shown={shown} />}
      <label class="choice choice--plain">
        <input
          type="checkbox"
          autocomplete="off"
          checked={shown}
          onChange={(event) => setShown(event.currentTarget.checked)}
        />
        <span>{t('password_show')}</span>
      </label>
    </>
  );
}

type LineProps = Omit<PasswordFieldProps, 'again'> & { readonly shown: boolean };

function Line({ frame, method, value, onInput, shown }: LineProps) {
  const kind = shown ? ({ type: 'text' } as const) : ({ type: 'password' } as const);
  return (
    <Field frame={frame}>
      <input
        class="input"
        id={frame.id}
        {...kind}
        inputMode={method === 'pin' ? 'numeric' : 'text'}
        // On a shared phone the browser's list of passwords would be everybody's.
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        aria-describedby={describedBy(frame)}
        aria-invalid={frame.errors.length > 0}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </Field>
  );
}
