/** Holds a checkpoint, or the one that a receipt brings, against a second one or against the agency's record now. */
import { useState } from 'preact/hooks';
import { Banner } from '../components/banner/banner';
import type { BannerTone } from '../components/banner/banner';
import { Button, ButtonRow } from '../components/button/button';
import { Field, plainFrame } from '../components/field/field';
import type { ComparedWithLog, ProblemCode } from '../engine/protocol';
import { problemOf } from '../forms/engine-port';
import { useTexts } from '../i18n/context';
import { usePortal } from './portal';
import { Trouble } from './trouble';

export function CompareLogs({ first }: { readonly first: Blob }) {
  const { t } = useTexts();
  const { engine } = usePortal();
  const [busy, setBusy] = useState(false);
  const [compared, setCompared] = useState<ComparedWithLog | null>(null);
  const [problem, setProblem] = useState<ProblemCode | null>(null);
  const compare = async (second: Blob | null): Promise<void> => {
    setBusy(true);
    setCompared(null);
    setProblem(null);
    try {
      setCompared(await engine.compareLogs({ first, second }));
    } catch (reason) {
      setProblem(problemOf(reason).code);
    }
    setBusy(false);
  };
  const file = plainFrame('compare-file', t('verify_compare_file'), '');
  return (
    <section class="compare">
      <h2>{t('verify_compare_title')}</h2>
      <p>{t('verify_compare_lead')}</p>
      {problem !== null && <NotCompared reason={problem} />}
      {compared !== null && <Relation compared={compared} />}
      <Field frame={file}>
        <input
          class="input"
          id={file.id}
          type="file"
          autocomplete="off"
          onChange={({ currentTarget }) => {
            const second = currentTarget.files?.[0];
            if (second) void compare(second);
            currentTarget.value = '';
          }}
        />
      </Field>
      <ButtonRow>
        <Button kind="secondary" busy={busy} onClick={() => void compare(null)}>
          {t('verify_compare_server')}
        </Button>
      </ButtonRow>
    </section>
  );
}

const kNotGenuine = /^(checkpoint|receipt|jws|note|json)_/;

function NotCompared({ reason }: { readonly reason: ProblemCode }) {
  const { t } = useTexts();
  if (!kNotGenuine.test(reason)) return <Trouble reason={reason} />;
  return (
    <Banner tone="error" role="alert" title={t('verify_not_genuine')}>
      <p class="problem-code">
        {t('problem_code')} <code translate={false}>{reason}</code>
      </p>
    </Banner>
  );
}

const kTones: Readonly<Record<ComparedWithLog['relation'], BannerTone>> = {
  same: 'success',
  grown: 'success',
  rewritten: 'error',
  unproven: 'warning',
  other_log: 'warning',
  empty: 'warning',
};

function Relation({ compared }: { readonly compared: ComparedWithLog }) {
  const { t } = useTexts();
  const { relation, place, reason, first, second } = compared;
  const absent = place === 'absent';
  return (
    <Banner
      tone={absent ? 'error' : kTones[relation]}
      role={absent || relation === 'rewritten' ? 'alert' : 'status'}
      title={t('verify_relation', { relation })}
    >
      <p>{t('verify_sizes', { first: first.size, second: second.size })}</p>
      {(place === 'held' || absent) && <p>{t('verify_place', { place })}</p>}
      {reason !== undefined && (
        <p class="problem-code">
          {t('problem_code')} <code translate={false}>{reason}</code>
        </p>
      )}
    </Banner>
  );
}
