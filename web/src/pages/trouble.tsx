/** A problem, said in words, with its code for the helpdesk. */
import type { ComponentChildren } from 'preact';
import { Banner } from '../components/banner/banner';
import type { ProblemCode } from '../engine/protocol';
import { useTexts } from '../i18n/context';

interface TroubleProps {
  readonly reason: ProblemCode;
  readonly children?: ComponentChildren;
}

export function Trouble({ reason, children }: TroubleProps) {
  const { t, problem } = useTexts();
  return (
    <Banner tone="error" role="alert" title={problem(reason)}>
      {children}
      <p class="problem-code">
        {t('problem_code')} <code translate={false}>{reason}</code>
      </p>
    </Banner>
  );
}

/** While something is on its way. */
export function Waiting() {
  const { t } = useTexts();
  return (
    <p class="waiting" role="status">
      {t('waiting')}
    </p>
  );
}
