/** One attached file: what it looks like, how large it is, and a way to take it away. */
import { useEffect, useState } from 'preact/hooks';
import type { FileAnswer } from '../../engine/protocol';
import { useTexts } from '../../i18n/context';
import { formatBytes } from '../bytes';
import { plainFileName } from '../file-name';
import { problemOf, wasAborted } from '../engine-port';
import { useEngine } from '../engine-context';
import { typeNames } from '../finding-params';
import type { DraftSession } from '../draft-session';

interface AttachedFileProps {
  readonly session: DraftSession;
  readonly path: string;
  readonly file: FileAnswer;
  readonly onRemoved: () => void;
}

export function AttachedFileCard({ session, path, file, onRemoved }: AttachedFileProps) {
  const { t, locale, problem } = useTexts();
  const engine = useEngine();
  const [trouble, setTrouble] = useState<string | null>(null);
  const remove = async (): Promise<void> => {
    const { signal } = new AbortController();
    try {
      session.apply(
        await engine.detach({ draft_id: session.draftId, path, sha256: file.sha256 }, signal),
      );
      onRemoved();
    } catch (reason) {
      setTrouble(problem(problemOf(reason).code));
    }
  };
  return (
    <div class="attached">
      <Preview session={session} file={file} />
      <div class="attached__text">
        <p class="attached__name" translate={false}>
          <bdi>{plainFileName(file.file_name)}</bdi>
        </p>
        <p class="attached__facts">
          {formatBytes(file.size, locale)}
          {file.width !== undefined &&
            file.height !== undefined &&
            ` · ${file.width} × ${file.height}`}
        </p>
        <button type="button" class="button button--plain" onClick={() => void remove()}>
          {t('document_remove')}
          <span class="visually-hidden"> {plainFileName(file.file_name)}</span>
        </button>
        {trouble !== null && <p role="alert">{trouble}</p>}
      </div>
    </div>
  );
}

function Preview({ session, file }: { readonly session: DraftSession; readonly file: FileAnswer }) {
  const { t } = useTexts();
  const engine = useEngine();
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!file.media_type.startsWith('image/')) return;
    const controller = new AbortController();
    let made: string | null = null;
    engine
      .readAttachment({ draft_id: session.draftId, sha256: file.sha256 }, controller.signal)
      .then((blob) => {
        made = URL.createObjectURL(blob);
        setUrl(made);
      })
      .catch((reason: unknown) => {
        // Without a preview the file is still there; its name and size are shown.
        if (!wasAborted(controller.signal, reason)) setUrl(null);
      });
    return () => {
      controller.abort();
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [engine, session, file.sha256, file.media_type]);
  if (url === null) return <span class="attached__kind">{typeNames([file.media_type])}</span>;
  return (
    <img
      class="attached__preview"
      src={url}
      alt={t('document_preview', { name: plainFileName(file.file_name) })}
    />
  );
}
