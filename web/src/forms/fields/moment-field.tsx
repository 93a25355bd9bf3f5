/** A time of day, or a day with a time: the phone's own picker where the answer is one it can show. */
import { describedBy, Field } from '../../components/field/field';
import type { FieldProps } from '../field-props';
import { TextField } from './text-field';

const kPickable = {
  time: /^\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?$/,
  'datetime-local': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?$/,
} as const;

export function MomentField(props: FieldProps) {
  const { session, placed, state, frame } = props;
  const kind = placed.node.type === 'time' ? 'time' : 'datetime-local';
  const value = session.valueOf(placed.path);
  const text = typeof value === 'string' ? value : '';
  // A picker shows nothing for what it cannot read, and that would look lost.
  if (text !== '' && !kPickable[kind].test(text)) return <TextField {...props} />;
  return (
    <Field frame={frame}>
      <input
        class="input input--moment"
        id={frame.id}
        name={frame.id}
        type={kind}
        autocomplete="off"
        value={text}
        readOnly={state.readonly}
        aria-describedby={describedBy(frame)}
        aria-invalid={frame.errors.length > 0}
        onInput={(event) => session.type(placed.path, event.currentTarget.value || null)}
        onBlur={() => session.leave(placed.path)}
      />
    </Field>
  );
}
