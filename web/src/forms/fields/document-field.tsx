/** A document or a photo: from camera or file, made ready on the phone, shown with its sizes, removable. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../components/button/button';
import { describedBy, Field } from '../../components/field/field';
import type { DocumentRule, FileAnswer } from '../../engine/protocol';
import { useTexts } from '../../i18n/context';
import type { Texts } from '../../i18n/context';
import { prepare } from '../../media/prepare-client';
import type { Prepared, PrepareStep } from '../../media/prepared';
import { formatBytes } from '../bytes';
import { useEngine } from '../engine-context';
import { problemOf, wasAborted } from '../engine-port';
import type { Engine } from '../engine-port';
import type { DraftSession } from '../draft-session';
import type { FieldProps } from '../field-props';
import { plainFileName } from '../file-name';
import { readableParams, typeNames } from '../finding-params';
import { withoutPositions } from '../form-index';
import { AttachedFileCard } from './attached-file';
import './document-field.css';

type Work =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy'; readonly step: PrepareStep | 'sealing'; readonly name: string }
  | { readonly kind: 'done'; readonly ready: Extract<Prepared, { kind: 'ready' }> }
  | { readonly kind: 'refused'; readonly text: string };

/** Used when a package names no rule for a slot: what the case office can always read. */
const kAnyDocument: DocumentRule = {
  types: ['image/jpeg', 'image/png', 'application/pdf'],
  max_bytes: 2_000_000,
  max_files: 1,
};

export function DocumentField(props: FieldProps) {
  const { session, placed, frame } = props;
  const texts = useTexts();
  const engine = useEngine();
  const rule = session.form.description.documents[withoutPositions(placed.path)] ?? kAnyDocument;
  const value = session.valueOf(placed.path);
  const files = (Array.isArray(value) ? value : []) as readonly FileAnswer[];
  const [work, setWork] = useState<Work>({ kind: 'idle' });
  const cancel = useRef<AbortController | null>(null);
  useEffect(() => () => cancel.current?.abort(), []);

  const take = async (file: File): Promise<void> => {
    const controller = new AbortController();
    cancel.current = controller;
    setWork(await takeFile(engine, props, texts, rule, file, setWork, controller.signal));
  };

  return (
    <Field frame={{ ...frame, errors: work.kind === 'refused' ? [work.text] : frame.errors }} group>
      <RuleLines session={session} slot={placed.node.slot} rule={rule} />
      {files.map((file) => (
        <AttachedFileCard
          key={file.sha256}
          session={session}
          path={placed.path}
          file={file}
          onRemoved={() => setWork({ kind: 'idle' })}
        />
      ))}
      {work.kind === 'done' && <ReadyNote ready={work.ready} />}
      {work.kind === 'busy' ? (
        <div class="document__busy">
          <p role="status">{texts.t(`document_step_${stepKey(work.step)}`)}</p>
          <progress aria-label={texts.t('document_preparing')} />
          <Button kind="secondary" onClick={() => cancel.current?.abort()}>
            {texts.t('cancel')}
          </Button>
        </div>
      ) : (
        files.length < rule.max_files && (
          <Pickers
            id={frame.id}
            type={placed.node.type}
            describedBy={describedBy(frame)}
            rule={rule}
            more={files.length > 0}
            onFile={(file) => void take(file)}
          />
        )
      )}
    </Field>
  );
}

/** Prepares and attaches one file; resolves with what the field should show then. */
async function takeFile(
  engine: Engine,
  { session, placed }: FieldProps,
  texts: Texts,
  rule: DocumentRule,
  file: File,
  show: (work: Work) => void,
  signal: AbortSignal,
): Promise<Work> {
  try {
    const name = plainFileName(file.name);
    show({ kind: 'busy', step: 'reading', name });
    const prepared = await prepare(
      { file, rule },
      (step) => show({ kind: 'busy', step, name }),
      signal,
    );
    if (prepared.kind === 'refused')
      return { kind: 'refused', text: refusalText(texts, prepared.code, prepared.params) };
    show({ kind: 'busy', step: 'sealing', name });
    const size =
      prepared.width !== null && prepared.height !== null
        ? { width: prepared.width, height: prepared.height }
        : {};
    const outcome = await engine.attach(
      {
        draft_id: session.draftId,
        path: placed.path,
        file: prepared.file,
        file_name: plainFileName(prepared.fileName),
        ...size,
      },
      signal,
    );
    session.apply(outcome.changes);
    session.show([placed.path]);
    const [finding] = outcome.findings;
    return finding
      ? { kind: 'refused', text: refusalText(texts, finding.code, finding.params) }
      : { kind: 'done', ready: prepared };
  } catch (reason) {
    if (wasAborted(signal, reason)) return { kind: 'idle' };
    return { kind: 'refused', text: texts.problem(problemOf(reason).code) };
  }
}

/** The text of a refusal, with sizes people can read in place of bytes. */
export function refusalText(
  texts: Texts,
  code: string,
  params: Readonly<Record<string, string>>,
): string {
  return texts.finding(code, readableParams(params, texts.locale)) ?? texts.problem(code);
}

const kGuidance = ['what', 'pages', 'sharp', 'size'] as const;

interface RuleLinesProps {
  readonly session: DraftSession;
  readonly slot: string | undefined;
  readonly rule: DocumentRule;
}

/** What is wanted: the package's own words for this document, else the bare rule. */
function RuleLines({ session, slot, rule }: RuleLinesProps) {
  const texts = useTexts();
  const keys = kGuidance
    .map((part) => `document.${slot ?? ''}.${part}`)
    .filter((key) => session.hasText(key));
  if (keys.length === 0) return <p class="document__rule">{ruleText(texts, rule)}</p>;
  return (
    <ul class="document__rule">
      {keys.map((key) => (
        <li key={key}>{session.text(key)}</li>
      ))}
    </ul>
  );
}

function ruleText(texts: Texts, rule: DocumentRule): string {
  const parts = [
    texts.t('document_rule', {
      types: typeNames(rule.types),
      size: formatBytes(rule.max_bytes, texts.locale),
    }),
  ];
  if (rule.min_width !== undefined && rule.min_height !== undefined) {
    parts.push(texts.t('document_rule_pixels', { width: rule.min_width, height: rule.min_height }));
  }
  if (rule.max_files > 1) parts.push(texts.t('document_rule_files', { count: rule.max_files }));
  return parts.join(' ');
}

function stepKey(step: PrepareStep | 'sealing') {
  return step === 'fetching-decoder' ? 'decoder' : step;
}

/** What was done to the file, in sizes and words. */
function ReadyNote({ ready }: { readonly ready: Extract<Prepared, { kind: 'ready' }> }) {
  const { t, locale } = useTexts();
  const sizes = {
    before: formatBytes(ready.beforeBytes, locale),
    after: formatBytes(ready.afterBytes, locale),
  };
  return (
    <div class="document__ready" role="status">
      <p>
        {ready.beforeBytes === ready.afterBytes
          ? t('document_size_same', { size: sizes.after })
          : t('document_sizes', sizes)}
      </p>
      {ready.changes.convertedFrom !== null && (
        <p>{t('document_converted', { from: typeNames([ready.changes.convertedFrom]) })}</p>
      )}
      {ready.changes.cropped && <p>{t('document_cropped')}</p>}
    </div>
  );
}

interface PickersProps {
  readonly id: string;
  /** The question's: what the phone should offer to record. */
  readonly type: string;
  readonly describedBy: string | undefined;
  readonly rule: DocumentRule;
  readonly more: boolean;
  readonly onFile: (file: File) => void;
}

interface PickerTraits {
  readonly record: 'document_camera' | 'document_record_audio' | 'document_record_video';
  readonly capture: 'environment' | 'user';
  readonly captured: string;
  readonly accept: string;
}

function pickerTraits(type: string, rule: DocumentRule): PickerTraits {
  switch (type) {
    case 'audio':
      return {
        record: 'document_record_audio',
        capture: 'user',
        captured: 'audio/*',
        accept: 'audio/*,.m4a,.mp3,.ogg,.oga,.opus,.wav,.amr',
      };
    case 'video':
      return {
        record: 'document_record_video',
        capture: 'environment',
        captured: 'video/*',
        accept: 'video/*',
      };
    default: {
      const pictures = 'image/*,.heic,.heif';
      const pdf = rule.types.includes('application/pdf') ? ',application/pdf,.pdf' : '';
      return {
        record: 'document_camera',
        capture: 'environment',
        captured: 'image/*',
        accept: pictures + pdf,
      };
    }
  }
}

/** Camera and file: two inputs, because one with `capture` hides the phone's own pictures. */
function Pickers({ id, type, describedBy: description, rule, more, onFile }: PickersProps) {
  const { t } = useTexts();
  const { record, capture, captured, accept } = pickerTraits(type, rule);
  const pick = (input: HTMLInputElement): void => {
    const [file] = input.files ?? [];
    if (file) onFile(file);
    // The same file may be chosen again after a refusal.
    input.value = '';
  };
  return (
    <div class="document__pickers">
      <span class="picker picker--camera">
        <input
          id={`${id}-camera`}
          type="file"
          accept={captured}
          capture={capture}
          autocomplete="off"
          aria-describedby={description}
          onChange={(event) => pick(event.currentTarget)}
        />
        <label class="button button--secondary" for={`${id}-camera`}>
          {t(record)}
        </label>
      </span>
      <span class="picker">
        <input
          id={`${id}-file`}
          type="file"
          accept={accept}
          autocomplete="off"
          aria-describedby={description}
          onChange={(event) => pick(event.currentTarget)}
        />
        <label class="button button--secondary" for={`${id}-file`}>
          {t(more ? 'document_file_more' : 'document_file')}
        </label>
      </span>
    </div>
  );
}
