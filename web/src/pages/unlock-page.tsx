/** The locked screen: it shows neither drafts nor how many there are. */
import { useState } from 'preact/hooks';
import { Button, ButtonRow } from '../components/button/button';
import { Page } from '../components/page/page';
import type { ProblemCode } from '../engine/protocol';
import { problemOf } from '../forms/engine-port';
import { useTexts } from '../i18n/context';
import { usePortal } from './portal';
import { Trouble } from './trouble';

export function UnlockPage() {
  const { t } = useTexts();
  const portal = usePortal();
  const [problem, setProblem] = useState<ProblemCode | null>(null);
  const unlock = async (signal: AbortSignal): Promise<void> => {
    try {
      portal.boot.set({ kind: 'ready', state: await portal.engine.unlockVault(signal) });
    } catch (reason) {
      setProblem(problemOf(reason).code);
    }
  };
  return (
    <Page key="locked" title={t('locked_title')}>
      <p>{t('locked_lead')}</p>
      {problem !== null && <Trouble reason={problem} />}
      <ButtonRow>
        <Button onClick={() => void unlock(new AbortController().signal)}>
          {t('locked_unlock')}
        </Button>
      </ButtonRow>
    </Page>
  );
}
