/** Choosing a form; before the first one, what is kept on this phone is said plainly. */
import { useEffect, useState } from 'preact/hooks';
import { Banner } from '../components/banner/banner';
import { Button, ButtonRow } from '../components/button/button';
import { Page } from '../components/page/page';
import type { FormListing, ProblemCode } from '../engine/protocol';
import { problemOf } from '../forms/engine-port';
import { useStore } from '../forms/store';
import { useTexts } from '../i18n/context';
import { usePortal } from './portal';
import { hrefOf } from './router';
import { Trouble, Waiting } from './trouble';
import { useCall } from './use-call';

/** Whoever knows which form it is has chosen by now, and the others need not travel. */
const kLookingMs = 3_000;

export function ChooseFormPage() {
  const { t, locale } = useTexts();
  const portal = usePortal();
  const boot = useStore(portal.boot);
  const turn = useStore(portal.formsTurn);
  const forms = useCall(
    (signal) => portal.engine.listForms({ locale: locale.tag }, signal),
    [turn, locale.tag],
  );
  useKeptForms(forms.kind === 'answered' && forms.value.some(({ offline }) => !offline));
  const [chosen, setChosen] = useState<FormListing | null>(null);
  if (boot.kind !== 'ready') return <Waiting />;
  if (chosen && boot.state.vault === 'none') return <BeforeYouStart form={chosen} />;
  return (
    <Page key="new" title={t('choose_title')} back={hrefOf({ page: 'home' })}>
      {boot.state.index === 'expired' && <Banner tone="warning" title={t('index_expired')} />}
      {forms.kind === 'waiting' && <Waiting />}
      {forms.kind === 'failed' && <Trouble reason={forms.reason} />}
      {forms.kind === 'answered' && forms.value.length === 0 && (
        <Banner tone="info" title={t('choose_none')} />
      )}
      {forms.kind === 'answered' && (
        <ul class="cards">
          {forms.value.map((form) => (
            <li key={form.digest}>
              <FormCard
                form={form}
                onChosen={boot.state.vault === 'none' ? () => setChosen(form) : null}
              />
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

/** Has the forms that are not on this phone fetched while somebody looks at the list of them. */
function useKeptForms(lacking: boolean): void {
  const { engine, online } = usePortal();
  const { locale } = useTexts();
  const connected = useStore(online);
  useEffect(() => {
    if (!lacking || !connected || savesData()) return undefined;
    const left = new AbortController();
    const timer = setTimeout(() => {
      engine.keepForms({ locale: locale.tag }, left.signal).catch(() => {
        // Each card says whether its form is here; choosing one tries again, and says why it fails.
      });
    }, kLookingMs);
    return () => {
      clearTimeout(timer);
      left.abort();
    };
  }, [engine, lacking, connected, locale.tag]);
}

/** Whether the person asked the browser to spare data; only some browsers tell. */
function savesData(): boolean {
  const { connection } = navigator as { readonly connection?: { readonly saveData?: boolean } };
  return connection?.saveData === true;
}

function FormCard({
  form,
  onChosen,
}: {
  readonly form: FormListing;
  readonly onChosen: (() => void) | null;
}) {
  const { t, formTitle } = useTexts();
  const online = useStore(usePortal().online);
  const start = useStart(form);
  const usable = form.offline || online;
  const title = form.offline ? form.title : (formTitle(form.form_id) ?? form.title);
  return (
    <article class="card">
      <h2>{title}</h2>
      <p class="muted">
        {t(
          form.offline
            ? 'choose_offline_yes'
            : usable
              ? 'choose_offline_first'
              : 'choose_offline_no',
        )}
      </p>
      {start.problem !== null && <Trouble reason={start.problem} />}
      {usable && (
        <ButtonRow>
          <Button busy={start.busy} onClick={onChosen ?? start.run}>
            {t('choose_start')}
            <span class="visually-hidden">: {title}</span>
          </Button>
        </ButtonRow>
      )}
    </article>
  );
}

/** Shown once on each phone: whoever can open this phone can open the drafts. */
function BeforeYouStart({ form }: { readonly form: FormListing }) {
  const { t } = useTexts();
  const start = useStart(form);
  return (
    <Page key="before" title={t('before_title')} back={hrefOf({ page: 'home' })}>
      <p>{t('before_kept')}</p>
      <p>{t('before_sealed')}</p>
      <Banner tone="warning" title={t('before_warning_title')}>
        <p>{t('before_warning')}</p>
      </Banner>
      <p>{t('before_shared')}</p>
      {start.problem !== null && <Trouble reason={start.problem} />}
      <ButtonRow>
        <Button busy={start.busy} onClick={start.run}>
          {t('before_agree')}
        </Button>
        <Button kind="secondary" busy={start.busy} onClick={start.runToLocking}>
          {t('before_lock')}
        </Button>
      </ButtonRow>
    </Page>
  );
}

interface Start {
  readonly busy: boolean;
  readonly problem: ProblemCode | null;
  readonly run: () => void;
  /** The same, and goes to where one chooses how the vault is unlocked. */
  readonly runToLocking: () => void;
}

/** Makes the vault where there is none, starts a draft, and goes to it. */
function useStart(form: FormListing): Start {
  const portal = usePortal();
  const { locale } = useTexts();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemCode | null>(null);
  const begin = async (locking: boolean, signal: AbortSignal): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const boot = portal.boot.get();
      if (boot.kind === 'ready' && boot.state.vault === 'none') {
        portal.boot.set({ kind: 'ready', state: await portal.engine.createVault(signal) });
      }
      const opened = await portal.engine.startDraft(
        { form_id: form.form_id, locale: locale.tag },
        signal,
      );
      portal.router.go(locking ? { page: 'locking' } : { page: 'draft', draft: opened.draft_id });
    } catch (reason) {
      setProblem(problemOf(reason).code);
      setBusy(false);
    }
  };
  const run = (locking: boolean) => () => void begin(locking, new AbortController().signal);
  return { busy, problem, run: run(false), runToLocking: run(true) };
}
