/** Asks once more before something that cannot be undone. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useTexts } from '../../i18n/context';
import { Button, ButtonRow } from '../button/button';
import type { ButtonKind } from '../button/button';

interface SureProps {
  /** What the first button says. */
  readonly ask: string;
  readonly kind: ButtonKind;
  readonly busy: boolean;
  /** What cannot be brought back. */
  readonly warning?: string;
  /** The button that does it, given what closes the question again. */
  readonly children: (close: () => void) => ComponentChildren;
}

export function Sure({ ask, kind, busy, warning, children }: SureProps) {
  const { t } = useTexts();
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <Button kind={kind} busy={busy} onClick={() => setAsking(true)}>
        {ask}
      </Button>
    );
  }
  return (
    <div role="alert">
      {warning !== undefined && (
        <p>
          <strong>{warning}</strong>
        </p>
      )}
      <ButtonRow>
        {children(() => setAsking(false))}
        <Button kind="secondary" onClick={() => setAsking(false)}>
          {t('cancel')}
        </Button>
      </ButtonRow>
    </div>
  );
}
