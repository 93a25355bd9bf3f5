// A generated form that calls the functions of expressions on answers at the edges: where two builds
// would differ first, in numbers, dates and texts.

const kDigest = 'ab'.repeat(32);

const kCalculations = {
  plus: '${x} + ${y}',
  minus: '${x} - ${y}',
  times: '${x} * ${y}',
  divided: '${x} div ${y}',
  remainder: '${x} mod ${y}',
  rounded: 'round(${x})',
  rounded_2: 'round(${x}, 2)',
  rounded_up: 'round(${x}, -2)',
  whole: 'int(${x})',
  power: 'pow(${x}, ${y})',
  root: 'sqrt(${x})',
  logarithm: 'log(${x})',
  logarithm_10: 'log10(${x})',
  exponential: 'exp(${x})',
  sine: 'sin(${x})',
  cosine: 'cos(${x})',
  tangent: 'tan(${x})',
  arc_sine: 'asin(${x} div 10)',
  arc_cosine: 'acos(${x} div 10)',
  arc_tangent: 'atan(${x})',
  arc_tangent_2: 'atan2(${x}, ${y})',
  absolute: 'abs(${x})',
  circle: 'pi() * ${x} * ${x}',
  least: 'min(${x}, ${y})',
  most: 'max(${x}, ${y})',
  as_text: 'string(${x} div 3)',
  as_number: 'number(${t})',
  joined: "concat(${t}, '/', ${x}, '/', ${d})",
  length: 'string-length(${t})',
  part: 'substr(${t}, 1, 3)',
  before: "substring-before(${t}, '-')",
  after: "substring-after(${t}, '-')",
  translated: "translate(${t}, 'abc', 'xy')",
  tidied: 'normalize-space(${t})',
  found: "contains(${t}, 'a')",
  begins: "starts-with(${t}, 'x')",
  ends: "ends-with(${t}, 'y')",
  matched: "regex(${t}, '[a-z]+[0-9]*')",
  chosen: "selected(${many}, 'a')",
  chosen_first: 'selected-at(${many}, 0)',
  chosen_count: 'count-selected(${many})',
  either: "if(${x} > ${y}, 'more', if(${x} = ${y}, 'equal', 'less'))",
  first_given: "coalesce(${t}, 'nothing')",
  days: 'decimal-date-time(${d})',
  shown: "format-date(${d}, '%Y/%m/%d %a %b')",
  in_days: 'date(${d}) + ${x}',
  is_past: 'date(${d}) < today()',
  in_months: 'add-months(${d}, int(${x}))',
  age: 'age-on(${d}, today())',
  of_day: "decimal-time(coalesce(${clock}, '12:30:00.000+08:00'))",
  items: 'count(${item})',
  total: 'sum(${amount})',
  smallest: 'min(${amount})',
  largest: 'max(${amount})',
  second: 'indexed-repeat(${amount}, ${item}, 2)',
  all_items: "join('; ', ${word})",
  digest_of: "digest(${t}, 'SHA-256')",
  long_digest_of: "digest(concat(${t}, ${x}), 'SHA-384', 'hex')",
  old_digest_of: "concat(digest(${t}, 'MD5'), digest(${t}, 'SHA-1', 'hex'))",
  decoded: 'base64-decode(${t})',
  tenfold: 'exp10(${y})',
  way: "distance(concat('25 121; ', ${x}, ' 121.5; ', ${y}, ' 122'))",
  inside: "geofence(concat(${x}, ' ', ${y}), '0 0;0 9;9 9;9 0;0 0')",
  area_of: "area(concat('25 121 0 0; ', ${x}, ' 121 0 0; 25.1 121.1 0 0; 25 121 0 0'))",
  drawn: "if(${x} > 0, uuid(), 'nothing')",
  drawn_number: 'random() * ${y}',
  drawn_once: 'once(concat(${t}, uuid(4)))',
  truth: 'boolean(${x})',
  truth_of_text: 'boolean-from-string(${t})',
  listed: 'checklist(1, 2, ${x} > 0, ${y} > 0, ${t} != "")',
  all_given: 'string-length(string(${given}))',
  row_pulled: "pulldata('letters_of', 'word', 'code', ${t})",
  row_found: "instance('letters_of')/root/item[code = ${t}]/word",
  rows_found: "count(instance('letters_of')/root/item[code = ${t} and word != ''])",
};

const row = (type, name, more = {}) => ({ type, name, label: `${name}.label`, ...more });

function rowsOf(calculations) {
  return [
    row('begin_group', 'given', { outputs: { n: '${n}', items: 'count(${item})' } }),
    row('decimal', 'x', { constraint: '. < 1000', constraint_message: 'x.constraint' }),
    row('decimal', 'y', { relevant: '${x} != 7', required: '${x} > 1' }),
    row('integer', 'n', { readonly: '${x} = 2' }),
    row('text', 't', { constraint: "not(contains(., '-'))", constraint_message: 't.constraint' }),
    row('date', 'd', { relevant: "${t} != 'x'", required: '${n} > 3' }),
    row('text', 'clock'),
    row('select_multiple letters', 'many', { choice_filter: 'name != ${t}' }),
    row('begin_repeat', 'item', { relevant: '${n} != 3', parameters: { max: 5 } }),
    row('decimal', 'amount', { constraint: '. >= ${x}', constraint_message: 'amount.constraint' }),
    row('text', 'word', {
      relevant: '${amount} > 2 or position(..) = 2',
      outputs: { amount: '${amount}', place: 'position(..)', x: 'round(${x} * 3, 2)' },
    }),
    row('end_repeat', 'item'),
    row('end_group', 'given'),
    ...calculations.map(([name, calculation]) => row('calculate', name, { calculation })),
  ];
}

function publishedOf(calculations) {
  return JSON.stringify({
    format: 'landfall-package/1',
    form: {
      settings: { form_id: 'functions', version: '1', default_language: 'en', title: 'form.title' },
      survey: rowsOf(calculations),
      datasets: {
        letters_of: {
          columns: ['code', 'word'],
          rows: ['a', 'x', 'b', 'x'].map((code, place) => [code, `${code}${place}`]),
        },
      },
      choices: ['a', 'b', 'x'].map((name) => ({
        list_name: 'letters',
        name,
        label: `letters.${name}`,
      })),
    },
    documents: { rules: {}, slots: {} },
    workflow: {},
    fees: {
      currency: 'TWD',
      rows: [
        {
          code: 'LOW',
          when: '${x} < ${y}',
          amount: 'round(${y}) * 100',
          from: '2020-01-01',
          until: '2030-12-31',
        },
        { code: 'REST', when: '${n} >= 2', amount: '600' },
      ],
    },
    texts: { en: { digest: kDigest, size: 2 } },
  });
}

/**
 * The published package as text, with the calculations that `opens(text)` can be opened with, and the
 * names of those that it cannot.
 */
export function functionsForm(opens) {
  const known = (entry) => opens(publishedOf([entry]));
  const all = Object.entries(kCalculations);
  return {
    text: publishedOf(all.filter(known)),
    refused: all.filter((entry) => !known(entry)).map(([name]) => name),
  };
}
