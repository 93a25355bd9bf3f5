/** A calendar date as three typed texts. Dates are text from end to end, so no time zone can shift them. */

export interface DateParts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
}

export const kNoDate: DateParts = { year: '', month: '', day: '' };

/** The three fields of an answer; what does not look like a date lands in the year, so nothing typed is lost. */
export function splitDate(answer: string): DateParts {
  const [year = '', month = '', day = '', ...rest] = answer.split('-');
  if (rest.length > 0) return { ...kNoDate, year: answer };
  return { year, month, day };
}

/**
 * The answer for three fields: `YYYY-MM-DD` with leading zeros where month and day are numbers; "" when all
 * are empty. An unfinished date keeps its holes ("1990-5-"), so a draft brings back exactly what was typed.
 * `partial` dates may end early: "1967", "1967-05".
 */
export function joinDate(parts: DateParts, partial = false): string {
  const [year, month, day] = [parts.year, parts.month, parts.day].map(foldDigits) as [
    string,
    string,
    string,
  ];
  if (year === '' && month === '' && day === '') return '';
  if (partial && day === '') return month === '' ? year : `${year}-${twoDigits(month)}`;
  const whole = year !== '' && month !== '' && day !== '';
  return whole ? `${year}-${twoDigits(month)}-${twoDigits(day)}` : `${year}-${month}-${day}`;
}

/** Full-width and other compatibility digits, as Chinese and Japanese keyboards give them, made plain. */
export function foldDigits(text: string): string {
  return text.normalize('NFKC').trim();
}

function twoDigits(text: string): string {
  return /^\d$/.test(text) ? `0${text}` : text;
}

export type YearGuess =
  | { readonly calendar: 'roc'; readonly typed: number; readonly year: number }
  | { readonly calendar: 'buddhist'; readonly typed: number; readonly year: number };

/**
 * What a year that is no Gregorian year may mean: 79 → ROC 79 = 1990; 2533 → Buddhist Era 2533 = 1990.
 * Null when it reads as Gregorian. Only an offer: the person decides.
 */
export function guessCalendar(yearText: string): YearGuess | null {
  const folded = foldDigits(yearText);
  if (!/^\d{2,4}$/.test(folded)) return null;
  const typed = Number(folded);
  if (folded.length < 4 && typed >= 1) return { calendar: 'roc', typed, year: typed + 1911 };
  if (typed >= 2400 && typed < 2700) return { calendar: 'buddhist', typed, year: typed - 543 };
  return null;
}
