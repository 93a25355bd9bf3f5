/** The alarm of a receipt log that shows two faces: what it means, what to do, and the evidence as files. */
import { useState } from 'preact/hooks';
import { Banner } from '../components/banner/banner';
import { Button, ButtonRow } from '../components/button/button';
import type { LogAlarm, ProblemCode } from '../engine/protocol';
import { problemOf } from '../forms/engine-port';
import { useTexts } from '../i18n/context';
import { formatPhoneTime } from '../i18n/dates';
import { saveFile } from './save-file';
import { Trouble } from './trouble';

/** Stays as long as the record of it: nobody can close it, and nothing waits for it. */
export function LogAlarms({ alarms }: { readonly alarms: readonly LogAlarm[] }) {
  const { t, locale } = useTexts();
  const [problem, setProblem] = useState<ProblemCode | null>(null);
  const save = async (note: string, name: string): Promise<void> => {
    try {
      await saveFile(new Blob([note], { type: 'text/plain' }), name, new AbortController().signal);
    } catch (reason) {
      setProblem(problemOf(reason).code);
    }
  };
  return (
    <>
      {alarms.map(({ kept, found, found_at }, at) => (
        <Banner key={kept} tone="error" role="alert" title={t('alarm_title')}>
          <p>{t('alarm_text')}</p>
          <p>{t('alarm_do')}</p>
          <p class="muted">{t('alarm_found_at', { time: formatPhoneTime(found_at, locale) })}</p>
          {problem !== null && <Trouble reason={problem} />}
          <ButtonRow>
            <Button
              kind="secondary"
              onClick={() => void save(kept, `checkpoint-${String(at + 1)}-before.txt`)}
            >
              {t('alarm_save_kept')}
            </Button>
            <Button
              kind="secondary"
              onClick={() => void save(found, `checkpoint-${String(at + 1)}-now.txt`)}
            >
              {t('alarm_save_found')}
            </Button>
          </ButtonRow>
        </Banner>
      ))}
    </>
  );
}
