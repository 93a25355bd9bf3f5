/** What a person does with the portal, by the words they read on the screen. */
import type { Locator, Page } from 'playwright-core';
import { formOf, textsOf } from './texts';
import type { Row, Texts } from './texts';

/** A file to attach. */
export interface FileToAttach {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** What to answer, by the name of the question. */
export type Answers = Readonly<Record<string, string | boolean | number | FileToAttach>>;

export interface ApplicantOptions {
  readonly locale?: string;
  readonly formId?: string;
}

export class Applicant {
  readonly texts: Texts;
  readonly #form;

  constructor(
    private readonly page: () => Page,
    { locale = 'en', formId = 'hkmo_entry' }: ApplicantOptions = {},
  ) {
    this.texts = textsOf(locale, formId);
    this.#form = formOf(formId);
  }

  /** A text of the portal that takes no arguments. */
  t(key: string): string {
    const text = this.texts.portal[key];
    if (text === undefined) throw new Error(`no text ${key}`);
    return text;
  }

  /** The label of a question, a section or a choice. */
  label(name: string): string {
    const row = this.#row(name);
    return this.#formText(row.label ?? name);
  }

  /** The card of the form in the list of forms. */
  card(): Locator {
    const name = this.#formText('form.title');
    const title = this.page().getByRole('heading', { name, exact: true });
    return this.page().getByRole('article').filter({ has: title });
  }

  heading(text: string): Locator {
    return this.page().getByRole('heading', {
      level: 1,
      name: text,
      exact: true,
    });
  }

  button(key: string): Locator {
    return this.page().getByRole('button', { name: this.t(key) });
  }

  link(key: string): Locator {
    return this.page().getByRole('link', { name: this.t(key) });
  }

  /** The button that starts the applicant's form, among those of all forms. */
  startButton(): Locator {
    return this.page().getByRole('button', {
      name: `: ${this.#formText('form.title')}`,
    });
  }

  /** From the first page to the list of sections of a new draft. */
  async start(): Promise<void> {
    await this.link('home_start').click();
    await this.startButton().click();
    const agree = this.button('before_agree');
    const tasks = this.link('tasks_check');
    await agree.or(tasks).waitFor();
    if (await agree.isVisible()) await agree.click();
    await tasks.waitFor();
  }

  /** Opens a section from the list of sections. */
  async openSection(name: string): Promise<void> {
    await this.page()
      .getByRole('link', { name: this.label(name), exact: true })
      .click();
    await this.heading(this.label(name)).waitFor();
  }

  /** Answers what this page asks and `answers` knows, also what comes up on the way. */
  async fillPage(answers: Answers): Promise<string[]> {
    const done: string[] = [];
    for (;;) {
      let next = await this.#nextAsked(answers, done);
      if (next === undefined) {
        // What an answer brings up is there once the engine has taken it.
        await this.saved();
        next = await this.#nextAsked(answers, done);
      }
      if (next === undefined) return done;
      await this.answer(next, answers[next] ?? '');
      done.push(next);
    }
  }

  /** Goes through every section that the list shows, in its order, to the page with all answers. */
  async fillForm(answers: Answers): Promise<void> {
    const sections = await this.page().locator('.task-list__link').allTextContents();
    const first = sections[0];
    if (first === undefined) throw new Error('no sections are listed');
    await this.page().getByRole('link', { name: first, exact: true }).click();
    await this.heading(first).waitFor();
    for (let pages = 0; pages < 30; pages += 1) {
      await this.fillPage(answers);
      await this.#goOn();
      if (await this.link('tasks_check').isVisible()) break;
    }
    await this.link('tasks_check').click();
    await this.heading(this.t('check_title')).waitFor();
  }

  /** Ticks the warnings on the page of answers, declares, seals and submits. */
  async submit(): Promise<void> {
    await this.heading(this.t('check_title')).waitFor();
    for (const tick of await this.page().getByLabel(this.t('check_tick')).all()) await tick.check();
    await this.button('continue').click();
    await this.heading(this.t('declare_title')).waitFor();
    await this.declare();
  }

  /** Ticks the declarations and presses the last button. */
  async declare(): Promise<void> {
    await this.fillPage({
      decl_truth: true,
      decl_privacy: true,
      decl_check: true,
    });
    await this.button('declare_submit').click();
  }

  /** The case number on the receipt, once it is there. */
  async received(): Promise<string> {
    await this.button('receipt_save').waitFor({ timeout: 60_000 });
    const text = await this.page().locator('main').innerText();
    const number = /\b\d{12}\b/.exec(text)?.[0];
    if (number === undefined) throw new Error('the receipt shows no case number');
    return number;
  }

  /** Resolves when the page says that everything typed lies in the vault. */
  async saved(): Promise<void> {
    await this.page().getByText(this.t('saving_done')).first().waitFor();
  }

  async answer(name: string, answer: Answers[string]): Promise<void> {
    const row = this.#row(name);
    const field = this.field(name);
    if (typeof answer === 'object') {
      await field.locator('input[type=file]:not([capture])').setInputFiles(answer);
      await field
        .getByRole('button', { name: this.t('document_remove') })
        .first()
        .waitFor();
    } else if (typeof answer === 'boolean') {
      await this.#answerYesNo(field, row, answer);
    } else if (row.type.startsWith('date')) {
      await this.#answerDate(field, String(answer));
    } else if (row.type.startsWith('select_one')) {
      await this.#choose(field, row, String(answer));
    } else {
      await field.locator('input, textarea').fill(String(answer));
      await field.locator('input, textarea').blur();
    }
  }

  /** The frame of one question. */
  field(name: string): Locator {
    const label = this.label(name);
    const optional = this.t('field_optional');
    const exact = new RegExp(`^${escaped(label)}(\\s*${escaped(optional)})?$`);
    return this.page()
      .locator('main .field')
      .filter({
        has: this.page().locator('.field__label, .choice > span').filter({ hasText: exact }),
      })
      .first();
  }

  /** Presses Continue; resolves when the next page is there. */
  async #goOn(): Promise<void> {
    const heading = this.page().getByRole('heading', { level: 1 });
    const before = await heading.innerText();
    await this.button('continue').click();
    const next = this.page().locator('h1').filter({ hasNotText: before });
    const refused = this.page().getByRole('alert');
    await next.or(refused).first().waitFor();
    if ((await refused.count()) > 0) {
      throw new Error(`"${before}" goes no further: ${await refused.first().innerText()}`);
    }
  }

  async #answerYesNo(field: Locator, row: Row, answer: boolean): Promise<void> {
    const tick = field.getByRole('checkbox');
    if ((await tick.count()) > 0) return tick.setChecked(answer);
    await field.getByRole('radio', { name: this.t(answer ? 'yes' : 'no'), exact: true }).check();
    if (row.type !== 'boolean') throw new Error(`${row.name} is no yes or no question`);
  }

  async #answerDate(field: Locator, date: string): Promise<void> {
    const [year = '', month = '', day = ''] = date.split('-');
    await field.getByLabel(this.t('date_year')).fill(year);
    await field.getByLabel(this.t('date_month')).fill(month);
    await field.getByLabel(this.t('date_day')).fill(day);
    await field.getByLabel(this.t('date_day')).blur();
  }

  async #choose(field: Locator, row: Row, choice: string): Promise<void> {
    const list = row.type.split(' ')[1] ?? '';
    const key = this.#form.choices.find(
      (one) => one.list_name === list && one.name === choice,
    )?.label;
    const select = field.locator('select');
    if ((await select.count()) > 0) {
      await select.selectOption(choice);
    } else {
      await field
        .getByRole('radio', {
          name: this.#formText(key ?? choice),
          exact: true,
        })
        .check();
    }
  }

  /** The first question on the page that `answers` knows and that is not `done`. */
  async #nextAsked(answers: Answers, done: readonly string[]): Promise<string | undefined> {
    const asked = await this.#asked();
    return asked.find((name) => answers[name] !== undefined && !done.includes(name));
  }

  /** Names of the questions on the page, from top to bottom. */
  async #asked(): Promise<string[]> {
    const optional = this.t('field_optional');
    const labels = await this.page()
      .locator('main .field')
      .evaluateAll((fields) =>
        fields.map((field) => {
          const label = field.querySelector('.field__label');
          return (label ?? field.querySelector('.choice > span'))?.textContent?.trim() ?? '';
        }),
      );
    const texts = labels.map((label) => label.replace(optional, '').trim());
    return this.#form.survey
      .filter((row) => row.label !== undefined && texts.includes(this.#formText(row.label)))
      .filter((row) => !row.type.startsWith('begin_') && row.type !== 'note')
      .map((row) => row.name);
  }

  #row(name: string): Row {
    const row = this.#form.survey.find((one) => one.name === name);
    if (row === undefined) throw new Error(`the form has no question ${name}`);
    return row;
  }

  #formText(key: string): string {
    return this.texts.form[key] ?? key;
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
