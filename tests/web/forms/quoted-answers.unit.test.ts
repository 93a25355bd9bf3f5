import { describe, expect, it } from 'vitest';
import english from '../../../i18n/en/portal.json';
import { answerText } from '../../../web/src/forms/answer-text';
import { findingText } from '../../../web/src/forms/draft-session';
import { fieldFrame } from '../../../web/src/forms/field-frame';
import { compileTexts } from '../../../web/src/i18n/compile';
import { makeTexts } from '../../../web/src/i18n/context';
import { localeByTag } from '../../../web/src/i18n/locales';
import { sectionTitle } from '../../../web/src/pages/form-header';
import { engineDouble, error, formNode, nodeState, openTestSession } from '../support/form-double';

const kTexts = makeTexts(localeByTag('en'), compileTexts(english), {});

const kFormTexts = compileTexts({
  'age.label': 'How old is {given}?',
  'age.hint': 'Born in {town}',
  'age.message': 'More than {least}, please',
  'choice.town.hualien': 'Hualien',
  'choice.job.cook': 'as {given} does',
});

const kAge = formNode('age', 'integer', 'question', {
  label: 'age.label',
  hint: 'age.hint',
  constraint_message: 'age.message',
});
const kJob = formNode('job', 'select_one', 'question', { list: 'job' });

function session(outputs: Record<string, string>) {
  const states = [
    { ...nodeState('age', null, [error('age', 'constraint')]), outputs },
    { ...nodeState('job', 'cook'), outputs },
  ];
  return openTestSession(
    engineDouble(),
    [kAge, kJob],
    states,
    undefined,
    { job: [{ name: 'cook', label: 'choice.job.cook' }] },
    kFormTexts,
  );
}

const plain = (text: string | undefined): string => (text ?? '').replaceAll(/[\u2068\u2069]/g, '');

describe('texts that quote answers', () => {
  it('a label and a hint show what the engine says, and again after a change', () => {
    const open = session({ given: 'Ann', town: 'choice.town.hualien', least: '2' });
    const frame = () =>
      fieldFrame(
        open,
        kTexts,
        { node: kAge, path: 'age' },
        open.state.get().nodes.get('age') ?? nodeState('age', null),
      );

    expect(plain(frame().label)).toBe('How old is Ann?');
    expect(plain(frame().hint)).toBe('Born in Hualien');

    open.apply([
      { ...nodeState('age', null), outputs: { given: 'Bo', town: 'Tainan', least: '2' } },
    ]);

    expect(plain(frame().label)).toBe('How old is Bo?');
    expect(plain(frame().hint)).toBe('Born in Tainan');
  });

  it('a message about an answer quotes, too, and so does the name of a section', () => {
    const open = session({ given: 'Ann', town: '', least: '2' });

    expect(plain(findingText(open, error('age', 'constraint'), kTexts))).toBe(
      'More than 2, please',
    );
    expect(plain(sectionTitle(open, { ...kAge, path: '~1', labelled_by: 'age' }))).toBe(
      'How old is Ann?',
    );
  });

  it('the label of a choice quotes what the question that offers it is told', () => {
    const open = session({ given: 'Ann', town: '', least: '' });
    const words = answerText(open, kTexts, { node: kJob, path: 'job' }, 'cook');

    expect(words.kind === 'words' ? plain(words.text) : '').toBe('as Ann does');
  });
});
