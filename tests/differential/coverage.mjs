// Which expressions were seen to give both of their outcomes.

const kFalsy = new Set(['', 'false', '0', '-0', 'NaN']);
const kFailure = /^(xpath|regex|expression|internal)_[a-z_]+$/;

const oneField = (text) => text.replace(/[\t\n\r]/g, ' ');
const keyOf = (path, aspect, text) => `${path}\t${aspect}\t${oneField(text)}`;

/**
 * The coverage of a package's expressions. An expression of a truth value has two outcomes, a
 * calculation as many as it has results, of which two count. `declared`: {"path aspect": reason} for
 * those that can have one only.
 */
export function coverageOf(model, declared = {}) {
  const seen = new Map();
  const counted = [];
  const constants = [];
  for (const expression of model.expressions) {
    const name = `${expression.path} ${expression.aspect}`.trim();
    const reason = expression.isConstant ? 'a literal' : declared[name];
    if (reason === undefined) counted.push(expression);
    else constants.push({ expression, name, reason });
    seen.set(keyOf(expression.path, expression.aspect, expression.text), new Set());
  }
  const outcomes = ({ path, aspect, text }) => seen.get(keyOf(path, aspect, text));
  const isCovered = (expression) => outcomes(expression).size > 1;
  return {
    /** Takes the news of the native side's trace. */
    note: (news) => {
      for (const [path, aspect, result, text] of news) {
        const found = seen.get(`${path}\t${aspect}\t${text}`);
        if (found === undefined || kFailure.test(result)) continue;
        found.add(aspect === 'calculation' ? result : String(!kFalsy.has(result)));
      }
    },
    open: () => counted.filter((expression) => !isCovered(expression)),
    outcomes: (expression) => [...outcomes(expression)],
    total: counted.length,
    constants,
    covered: () => counted.filter(isCovered).length,
    share: () => (counted.length === 0 ? 1 : counted.filter(isCovered).length / counted.length),
  };
}
