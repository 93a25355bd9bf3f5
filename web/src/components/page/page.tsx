/** The frame of one page: title of the window, heading that takes the focus, way back. */
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { useTexts } from '../../i18n/context';
import './page.css';

interface PageProps {
  readonly title: string;
  /** Language of title and caption, where it is not the page's. */
  readonly lang?: string | undefined;
  /** Where "Back" leads; without it there is none. */
  readonly back?: string;
  /** Puts "Error:" before the window's title, so that it is heard first. */
  readonly hasErrors?: boolean;
  /** What stands above the heading, e.g. the form's name. */
  readonly caption?: ComponentChildren;
  /** Above the heading as well: the error summary. */
  readonly summary?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** True until the first page was drawn: the browser's own focus is right on arrival. */
let arriving = true;

/** Give it a `key` of the route, so that each page takes the focus once. */
export function Page({
  title,
  lang,
  back,
  hasErrors = false,
  caption,
  summary,
  children,
}: PageProps) {
  const { t } = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  // Together with the page's drawing: a moment later it would take the focus from a person who types already.
  useLayoutEffect(() => {
    const wasArriving = arriving;
    arriving = false;
    if (wasArriving) return;
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    document.title = `${hasErrors ? `${t('field_error_prefix')} ` : ''}${title} – ${t('app_name')}`;
  }, [title, hasErrors, t]);
  return (
    <>
      {back !== undefined && (
        <a class="back-link" href={back}>
          <span class="back-link__sign" aria-hidden="true">
            ‹
          </span>
          {t('back')}
        </a>
      )}
      {summary}
      {caption && (
        <p class="page__caption" lang={lang}>
          {caption}
        </p>
      )}
      <h1 class="page__title" lang={lang} tabIndex={-1} ref={heading}>
        {title}
      </h1>
      {children}
    </>
  );
}
