/** Where one application stands, from this phone to the case office; everybody can read it at a glance. */
import type { ComponentChildren } from 'preact';
import './ladder.css';

export type StepState = 'done' | 'now' | 'waiting' | 'stopped' | 'ahead';

export interface Step {
  readonly name: string;
  readonly state: StepState;
  /** Said to screen readers after the name: "done", "now"… */
  readonly stateName: string;
  readonly detail?: ComponentChildren;
}

export function Ladder({
  steps,
  label,
}: {
  readonly steps: readonly Step[];
  readonly label: string;
}) {
  return (
    <ol class="ladder" aria-label={label}>
      {steps.map((step) => (
        <li
          key={step.name}
          class={`ladder__step ladder__step--${step.state}`}
          aria-current={step.state === 'ahead' || step.state === 'done' ? undefined : 'step'}
        >
          <span class="ladder__sign" aria-hidden="true">
            {kSigns[step.state]}
          </span>
          <div class="ladder__text">
            <span class="ladder__name">{step.name}</span>
            <span class="visually-hidden"> ({step.stateName})</span>
            {step.detail && <div class="ladder__detail">{step.detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}

const kSigns: Readonly<Record<StepState, string>> = {
  done: '✓',
  now: '…',
  waiting: '‖',
  stopped: '!',
  ahead: '',
};
