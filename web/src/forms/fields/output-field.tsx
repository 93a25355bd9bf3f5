/** A value the form works out by itself: shown, never typed. */
import { useTexts } from '../../i18n/context';
import { answerText } from '../answer-text';
import type { FieldProps } from '../field-props';

export function OutputField({ session, placed, state, frame }: FieldProps) {
  const texts = useTexts();
  if (!placed.node.label) return null;
  const answer = answerText(session, texts, placed, state.value);
  return (
    <div class="field">
      <p class="field__label" id={`${frame.id}-label`}>
        {frame.label}
      </p>
      <output id={frame.id} aria-labelledby={`${frame.id}-label`} translate={false}>
        <bdi>{answer.kind === 'words' || answer.kind === 'typed' ? answer.text : '–'}</bdi>
      </output>
    </div>
  );
}
