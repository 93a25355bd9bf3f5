/** The frame of one question: label, hint, messages, and the input between them. */
import type { ComponentChildren } from 'preact';
import { useTexts } from '../../i18n/context';
import './field.css';

export interface FieldFrame {
  /** Id of the input, or of the group; messages and hint derive theirs from it. */
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly guidance?: string;
  readonly optional: boolean;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/** The frame of an input that is no question of a form: nothing is found in it. */
export function plainFrame(id: string, label: string, hint: string): FieldFrame {
  return { id, label, hint, optional: false, errors: [], warnings: [] };
}

interface FieldProps {
  readonly frame: FieldFrame;
  /** Several inputs under one question: a fieldset with a legend instead of a label. */
  readonly group?: boolean;
  readonly children: ComponentChildren;
}

/** Ids of what describes the input, for `aria-describedby`; undefined when nothing does. */
export function describedBy(frame: FieldFrame): string | undefined {
  const ids = [
    ...(frame.hint ? [`${frame.id}-hint`] : []),
    ...(frame.errors.length > 0 ? [`${frame.id}-error`] : []),
    ...(frame.warnings.length > 0 ? [`${frame.id}-warning`] : []),
  ];
  return ids.length > 0 ? ids.join(' ') : undefined;
}

export function Field({ frame, group = false, children }: FieldProps) {
  const kind =
    frame.errors.length > 0 ? ' field--error' : frame.warnings.length > 0 ? ' field--warning' : '';
  if (!group) {
    return (
      <div class={`field${kind}`}>
        <label class="field__label" for={frame.id}>
          <LabelText frame={frame} />
        </label>
        <Notes frame={frame} />
        {children}
      </div>
    );
  }
  return (
    <fieldset
      class={`field${kind}`}
      id={frame.id}
      aria-describedby={describedBy(frame)}
      tabIndex={-1}
    >
      <legend class="field__label">
        <LabelText frame={frame} />
      </legend>
      <Notes frame={frame} />
      {children}
    </fieldset>
  );
}

function LabelText({ frame }: { readonly frame: FieldFrame }) {
  const { t } = useTexts();
  return (
    <>
      {frame.label}
      {frame.optional && <span class="field__optional"> {t('field_optional')}</span>}
    </>
  );
}

function Notes({ frame }: { readonly frame: FieldFrame }) {
  const { t } = useTexts();
  return (
    <>
      {frame.hint && (
        <p class="field__hint" id={`${frame.id}-hint`}>
          {frame.hint}
        </p>
      )}
      {frame.guidance && (
        <details class="field__guidance">
          <summary>{t('field_guidance')}</summary>
          <p>{frame.guidance}</p>
        </details>
      )}
      {frame.errors.length > 0 && (
        <p class="field__error" id={`${frame.id}-error`}>
          <span class="visually-hidden">{t('field_error_prefix')} </span>
          {frame.errors.join(' ')}
        </p>
      )}
      {frame.warnings.length > 0 && (
        <p class="field__warning" id={`${frame.id}-warning`}>
          <span class="visually-hidden">{t('field_warning_prefix')} </span>
          {frame.warnings.join(' ')}
        </p>
      )}
    </>
  );
}
