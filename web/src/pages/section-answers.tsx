/** The answers of one section, to read through, each with a way to change it. */
import { SummaryList } from '../components/summary-list/summary-list';
import type { SummaryRow } from '../components/summary-list/summary-list';
import { answerText } from '../forms/answer-text';
import { formatBytes } from '../forms/bytes';
import { plainFileName } from '../forms/file-name';
import type { DraftSession } from '../forms/draft-session';
import { sectionQuestions } from '../forms/form-index';
import type { PlacedNode, Section } from '../forms/form-index';
import { hasAnswer } from '../forms/section-status';
import { useStore } from '../forms/store';
import { useTexts } from '../i18n/context';
import type { Texts } from '../i18n/context';
import { formLang, sectionTitle } from './form-header';

interface SectionAnswersProps {
  readonly session: DraftSession;
  readonly section: Section;
  readonly change: (path: string) => void;
}

export function SectionAnswers({ session, section, change }: SectionAnswersProps) {
  const texts = useTexts();
  const { nodes } = useStore(session.state);
  const rows = sectionQuestions(session.form, nodes, section).flatMap((placed) =>
    answerRow(session, texts, placed, change),
  );
  if (rows.length === 0) return null;
  return (
    <section {...formLang(session, texts.locale.tag)}>
      <h2>{sectionTitle(session, section)}</h2>
      <SummaryList rows={rows} />
    </section>
  );
}

function answerRow(
  session: DraftSession,
  texts: Texts,
  placed: PlacedNode,
  change: (path: string) => void,
): SummaryRow[] {
  const state = session.state.get().nodes.get(placed.path);
  const label = session.textAt(placed.path, placed.node.label);
  if (!state || label === '' || placed.node.type === 'hidden') return [];
  const fixed = state.readonly || state.calculated === true;
  return [
    {
      id: placed.path,
      label,
      value: <AnswerValue session={session} placed={placed} given={hasAnswer(state)} />,
      ...(fixed
        ? {}
        : {
            action: { text: texts.t('change'), hidden: label, onClick: () => change(placed.path) },
          }),
    },
  ];
}

function AnswerValue({
  session,
  placed,
  given,
}: {
  readonly session: DraftSession;
  readonly placed: PlacedNode;
  readonly given: boolean;
}) {
  const texts = useTexts();
  const state = useStore(session.state).nodes.get(placed.path);
  const answer = answerText(
    session,
    texts,
    placed,
    state?.normalised ?? session.valueOf(placed.path),
  );
  if (answer.kind === 'none' || (!given && answer.kind !== 'words'))
    return <span class="muted">{texts.t('check_not_answered')}</span>;
  if (answer.kind === 'words') return <>{answer.text}</>;
  if (answer.kind === 'typed') {
    return (
      <bdi dir="auto" translate={false}>
        {answer.text}
      </bdi>
    );
  }
  return (
    <ul class="plain-list">
      {answer.files.map((file) => (
        <li key={file.sha256} translate={false}>
          <bdi>{plainFileName(file.file_name)}</bdi> · {formatBytes(file.size, texts.locale)}
        </li>
      ))}
    </ul>
  );
}
