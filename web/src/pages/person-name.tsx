/** What a person is called on the locked screen of this phone; any script, and none is fine. */
import { describedBy, Field, plainFrame } from '../components/field/field';
import { useTexts } from '../i18n/context';

const kMostCharacters = 40;

interface PersonNameProps {
  readonly id: string;
  readonly value: string;
  readonly onInput: (typed: string) => void;
}

export function PersonName({ id, value, onInput }: PersonNameProps) {
  const { t } = useTexts();
  const frame = plainFrame(id, t('person_name'), t('person_name_hint'));
  return (
    <Field frame={frame}>
      <input
        class="input"
        id={frame.id}
        type="text"
        maxLength={kMostCharacters}
        autocomplete="off"
        spellcheck={false}
        aria-describedby={describedBy(frame)}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </Field>
  );
}
