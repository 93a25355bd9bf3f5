// Forms written for other programs, imported, found clean by lint, and filled in.

import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import {
  equal,
  expect,
  kCouldNot,
  kNo,
  kUsage,
  kYes,
  landfall,
  scenario,
  succeed,
} from './harness.mjs';

const kVectors =
  process.env.LANDFALL_VECTORS ??
  path.resolve(import.meta.dirname, '../../../../../shared/vectors');
const kWorkbooks = path.join(kVectors, 'xlsform/workbooks.json');

const kTown = `| survey |
| | type            | name  | label          | choice_filter      | relevant  | calculation |
| | select_one land | land  | Land           |                    |           |             |
| | select_one town | town  | Town           | land = \${land}    |           |             |
| | begin repeat    | guest | Guest          |                    |           |             |
| | integer         | age   | Age            |                    |           |             |
| | note            | minor | With a parent  |                    | \${age} < 18 |          |
| | end repeat      |       |                |                    |           |             |
| | calculate       | sum   |                |                    |           | sum(\${age}) |
| choices |
| | list_name | name | label | land |
| | land      | x    | X     |      |
| | land      | y    | Y     |      |
| | town      | a    | A     | x    |
| | town      | b    | B     | y    |
`;

const traceOf = (report, part, aspect) =>
  report.trace.filter((step) => step.path.endsWith(part) && step.aspect === aspect);

/** Imports `file`, which lint must then find clean, and fills it with `answers`. */
function importAndFill(folder, file, answers) {
  const to = folder.file('package');
  const imported = succeed(['package', 'import', file, '-o', to]).toString('utf8');
  succeed(['package', 'lint', to]);
  const given = folder.write('answers.json', JSON.stringify(answers));
  const got = landfall(['eval', to, given, '--as-of', '2026-11-21', '--trace']);
  expect(got.code === kYes || got.code === kNo, 'an evaluation', got);
  return { imported, report: JSON.parse(got.text) };
}

scenario('a form in Markdown tables is imported and filled in', (folder) => {
  const file = folder.write('town.md', kTown);

  const { report } = importAndFill(folder, file, {
    land: 'y',
    town: 'b',
    guest: [{ age: 40 }, { age: 5 }],
  });

  equal(report.answers.sum, 45);
  equal(report.findings.length, 0, 'findings');
  const minor = traceOf(report, '/minor', 'relevant').map((step) => step.result);
  equal(minor.join(), 'false,true', 'relevance of the two guests');
});

scenario('a form that is refused writes nothing and says where', (folder) => {
  const file = folder.write('bad.md', kTown.replace('select_one town', 'select_one twon'));

  const got = landfall(['package', 'import', file, '-o', folder.file('package')]);
  const json = landfall(['package', 'import', file, '--json']);

  equal(got.code, kNo, 'exit code');
  expect(/survey row 3, column type: error: .*: twon \[unknown_list\]/.test(got.text), 'row', got);
  equal(existsSync(folder.file('package')), false, 'a package');
  equal(JSON.parse(json.text).problems[0].row, 3);
});

scenario('data files beside the form come into the package', (folder) => {
  const file = folder.write(
    'fruit.csv',
    'type,name,label,parameters\nselect_one_from_file kinds.csv,kind,Kind,value=key label=title\n',
  );
  folder.write('kinds.csv', 'key,title\napple,"Apple, red"\n');

  const got = landfall(['package', 'import', file, '-o', folder.file('package')]);

  equal(got.code, kYes, 'exit code');
  const form = JSON.parse(folder.read('package/form.json').toString('utf8'));
  equal(JSON.stringify(form.datasets.kinds.rows), '[["apple","Apple, red"]]');
});

scenario('what cannot be a form is told from a form that is wrong', (folder) => {
  const text = folder.write('form.txt', kTown);
  const workbook = folder.write('form.xlsx', 'no workbook');

  equal(landfall(['package', 'import', text]).code, kUsage, 'exit code of another ending');
  const got = landfall(['package', 'import', workbook]);
  expect(got.code === kNo && /workbook_not_xlsx/.test(got.text), 'no workbook', got);
});

scenario('a form in XML is told by line, and refused with a part that leads nowhere', (folder) => {
  const file = folder.write(
    'x.xml',
    `<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><h:title>X</h:title><model>
<instance><data id="x"><a/></data></instance>
<bind nodeset="/data/a" type="string"/>
<bind nodeset="/data/gone" relevant="false()"/>
</model></h:head>
<h:body><input ref="/data/a"><label>A</label></input></h:body></h:html>
`,
  );

  const got = landfall(['package', 'import', file, '-o', folder.file('package')]);

  equal(got.code, kNo, 'exit code');
  const line = /xform row 6, column bind: error: .*: \/data\/gone \[unknown_node\]/;
  expect(line.test(got.text), 'the line of the bind', got);
  equal(existsSync(folder.file('package')), false, 'a package');
});

const kMarket = `<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><h:title>Market</h:title><model>
<instance><data id="market"><kind/><fruit/><price/><stall/></data></instance>
<instance id="fruits" src="jr://file-csv/fruits.csv"/>
<instance id="stalls" src="jr://file/stalls.xml"/>
<bind nodeset="/data/kind" type="string"/>
<bind nodeset="/data/fruit" type="string"/>
<bind nodeset="/data/stall" type="string"/>
<bind nodeset="/data/price" type="int" calculate="pulldata('fruits', 'price', 'name', /data/fruit)"/>
</model></h:head>
<h:body><input ref="/data/kind"><label>Kind</label></input>
<select1 ref="/data/fruit"><label>Fruit</label>
<itemset nodeset="instance('fruits')/root/item[kind = /data/kind ]"><value ref="name"/><label ref="label"/></itemset>
</select1>
<select1 ref="/data/stall"><label>Stall</label>
<itemset nodeset="instance('stalls')/root/item"><value ref="name"/><label ref="label"/></itemset>
</select1></h:body></h:html>
`;

scenario('an XForm takes the rows of its instances from the files beside it', (folder) => {
  const file = folder.write('market.xml', kMarket);
  folder.write(
    'fruits.csv',
    'kind,name,label,price\npome,apple,"Apple, red",12\n\nstone,cherry,Cherry,30\n',
  );
  folder.write('stalls.xml', '<root><item><name>n</name><label>North</label></item></root>');

  const { report } = importAndFill(folder, file, { kind: 'stone', fruit: 'cherry', stall: 'n' });
  const other = folder.write('other.json', '{"kind":"pome","fruit":"cherry","stall":"n"}');
  const refused = landfall(['eval', folder.file('package'), other, '--as-of', '2026-11-21']);

  equal(report.answers.price, 30, 'the price of its row');
  equal(report.findings.length, 0, 'findings');
  expect(/choice/.test(refused.text), 'a fruit of another kind', refused);
});

scenario('an XForm is refused while a file of its rows is missing or damaged', (folder) => {
  const file = folder.write('market.xml', kMarket);
  folder.write('fruits.csv', 'kind,name\n"pome,apple\n');

  const got = landfall(['package', 'import', file, '-o', folder.file('package')]);

  equal(got.code, kNo, 'exit code');
  expect(/fruits\.csv row 2: error: .*\[csv_malformed\]/.test(got.text), 'the record', got);
  expect(/row 6, .*error: .*: stalls\.xml \[file_needed\]/.test(got.text), 'the file', got);
  equal(existsSync(folder.file('package')), false, 'a package');
});

scenario('what is hardly meant is told, and keeps no package from being made', (folder) => {
  const file = folder.write('town.md', kTown.replace('land = ', 'lnad = '));

  const got = landfall(['package', 'import', file, '-o', folder.file('package')]);
  const lint = landfall(['package', 'lint', folder.file('package')]);
  const json = landfall(['package', 'lint', folder.file('package'), '--json']);

  equal(got.code, kYes, 'exit code of the import');
  const place = /survey row 3, column choice_filter: warning: .*: lnad \[absent_column\]/;
  expect(place.test(got.text), 'the column that is not there', got);
  equal(lint.code, kYes, 'exit code of lint');
  expect(/row 2, column choice_filter: warning: .*\[absent_column\]/.test(lint.text), 'line', lint);
  equal(JSON.parse(json.text)[0].severity, 'warning', 'severity');
});

scenario('a form beyond a limit is refused with the number', (folder) => {
  const head = '| survey |\n| | type | name | label | relevant |\n';
  const groups = Array.from({ length: 40 }, (_, i) => `| | begin group | g${i} | G | |\n`);
  const ends = '| | end group | | | |\n'.repeat(40);
  const deep = folder.write('deep.md', `${head}${groups.join('')}| | text | a | A | |\n${ends}`);
  const terms = Array.from({ length: 3000 }, () => '1 = 1').join(' or ');
  const chain = folder.write('chain.md', `${head}| | text | a | A | ${terms} |\n`);

  const nested = landfall(['package', 'import', deep]);
  const chained = landfall(['package', 'import', chain]);

  equal(nested.code, kNo, 'exit code');
  expect(
    /^[^\n]*survey row 34, column type: .*limit is: 32 \[\w+\]\n$/.test(nested.text),
    '32',
    nested,
  );
  const limit = /survey row 2, column relevant: error: .*1000 operators.*\[xpath_too_deep\]/;
  expect(limit.test(chained.text), 'the length of the chain', chained);
});

scenario('two questions choose from other columns of one data file', (folder) => {
  const form = folder.write(
    'f.md',
    `| survey |
| | type | name | label | parameters | choice_filter | calculation |
| | select_one_from_file c.csv | a | A | | | |
| | select_one_from_file c.csv | b | B | value=key label=lab | name = \${a} | |
| | calculate | p | | | | pulldata('c', 'lab', 'name', \${a}) |
| | calculate | q | | | | jr:choice-name(\${b}, '\${b}') |
`,
  );
  folder.write('c.csv', 'name,label,key,lab\nn1,N one,k1,K one\nn2,N two,k2,K two\n');
  const answers = folder.write('a.json', '{"a":"n2","b":"k2"}');

  const got = landfall(['package', 'import', form, '-o', folder.file('package')]);
  const evaluated = landfall(['eval', folder.file('package'), answers, '--as-of', '2026-11-21']);

  equal(got.code, kYes, 'exit code');
  equal(got.text, '', 'nothing to tell');
  equal(evaluated.code, kYes, 'complete');
  const { answers: given } = JSON.parse(evaluated.text);
  equal(JSON.stringify(given), '{"a":"n2","b":"k2","p":"K two","q":"K two"}', 'both choices');
});

scenario('data files in XML and rows of KoboToolbox are told with a way out', (folder) => {
  const data = folder.write(
    'x.md',
    '| survey |\n| | type | name | label |\n| | xml-external | ppl | |\n| | text | a | A |\n',
  );
  folder.write('ppl.xml', '<root/>');
  const rank = folder.write(
    'r.md',
    '| survey |\n| | type | name | label |\n| | begin_rank | r | R |\n| | rank__level | l | L |\n| | end_rank | | |\n',
  );

  const external = landfall(['package', 'import', data]);
  const kobo = landfall(['package', 'import', rank]);

  expect(/ppl\.xml: warning: .*CSV.*\[xml_rows\]/.test(external.text), 'CSV wanted', external);
  equal(kobo.code, kNo, 'exit code');
  expect(!/missing_name/.test(kobo.text), 'no name for what ends', kobo);
  expect(/row 2, column type: error: .*rank LIST.*\[kobo_type\]/.test(kobo.text), 'rank', kobo);
});

scenario(
  'what people wrote into fees, workflow and documents outlives another import',
  (folder) => {
    const form = folder.write(
      'f.md',
      '| survey |\n| | type | name | label |\n| | image | i | I |\n',
    );
    const args = ['package', 'import', form, '-o', folder.file('package')];
    const fees = '{"currency":"TWD","rows":[{"code":"x","amount":1,"valid_from":"2026-01-01"}]}\n';
    landfall(args);

    folder.write('package/fees.json', fees);
    const again = landfall(args);
    const kept = folder.read('package/fees.json').toString('utf8');
    folder.write('package/documents.json', '{"rules":{},"slots":{}, "note":"mine"}');
    const refused = landfall(args);
    const forced = landfall([...args, '--overwrite']);

    equal(again.code, kYes, 'exit code');
    expect(/fees\.json: kept as it is; --overwrite/.test(again.errors), 'told', again);
    equal(kept, fees, 'the fees');
    expect(
      refused.code === kCouldNot && /documents\.json.*--overwrite/.test(refused.errors),
      'refused',
      refused,
    );
    equal(forced.code, kYes, 'overwritten');
    expect(
      /"slots":\{"i"/.test(folder.read('package/documents.json').toString('utf8')),
      'slots',
      forced,
    );
    expect(
      /"rows":\[\]/.test(folder.read('package/fees.json').toString('utf8')),
      'no fees',
      forced,
    );
  },
);

scenario('rows of a data file that are blank, nameless or too long', (folder) => {
  const form = folder.write(
    'f.md',
    '| survey |\n| | type | name | label |\n| | select_one_from_file kinds.csv | kind | Kind |\n',
  );
  folder.write('kinds.csv', 'name,label\napple,Apple\n,,\n\n,Nobody\npear,Pear,lost\n');

  const got = landfall(['package', 'import', form, '-o', folder.file('package')]);

  equal(got.code, kYes, 'exit code');
  expect(/kinds\.csv row 5, column name: warning: .*\[missing_name\]/.test(got.text), 'row 5', got);
  const lost = /kinds\.csv row 6, column C: warning: .*: lost \[cell_without_heading\]/;
  expect(lost.test(got.text), 'row 6', got);
  const { rows } = JSON.parse(folder.read('package/form.json').toString('utf8')).datasets.kinds;
  equal(JSON.stringify(rows), '[["apple","Apple"],["","Nobody"],["pear","Pear"]]', 'rows');
});

/** The paths of all files below `folder`, sorted. */
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();

const kTwoLanguages = `| survey |
| | type | name | label::English (en) | label::French (fr) |
| | text | a    | Name                | Nom                |
| settings |
| | form_id |
| | words   |
`;

scenario('a second import leaves nothing of the first', (folder) => {
  const file = folder.write('words.md', kTwoLanguages);
  const to = folder.file('package');
  succeed(['package', 'import', file, '-o', to]);
  const first = filesIn(to);
  mkdirSync(folder.file('package/migrations'));
  folder.write('package/migrations/1.json', '{"from":"1"}');
  folder.write('package/.gitignore', '*.bak');
  folder.write('words.md', kTwoLanguages.replace('label::French (fr)', 'label::Thai (th)'));

  succeed(['package', 'import', file, '-o', `${to}/`]);

  const texts = (locale) => `i18n/${locale}/forms/words.json`;
  const parts = ['documents.json', 'fees.json', 'form.json', 'workflow.json'];
  equal(first.join(), [...parts.slice(0, 3), texts('en'), texts('fr'), parts[3]].join(), 'before');
  const added = ['.gitignore', 'migrations/1.json'];
  const expected = [...parts, ...added, texts('en'), texts('th')].sort();
  equal(filesIn(to).join(), expected.join(), 'after');
  equal(readdirSync(folder.file('package/i18n')).sort().join(), 'en,th', 'folders of languages');
});

scenario('an import changes nothing in a folder that holds more than its package', (folder) => {
  const file = folder.write('words.md', kTwoLanguages);
  const other = kTwoLanguages.replace('words  ', 'others ');
  const refusals = [
    ['notes.txt', 'mine', /holds files and no package/],
    ['form.json', '{"what":1}', /holds files and no package/],
    ['i18n/en/other.json', '{}', /other\.json: is no part of an imported package/],
    ['data/kinds.csv', 'name\nx\n', /kinds\.csv: these rows would stand in/],
    ['form.json', '{"settings":{"form_id":"x"},"survey":[]}', /another form \(x\)/],
  ];
  for (const [number, [name, content, words]] of refusals.entries()) {
    const to = folder.file(`package${number}`);
    if (name !== 'form.json' && name !== 'notes.txt')
      succeed(['package', 'import', file, '-o', to]);
    mkdirSync(path.dirname(path.join(to, name)), { recursive: true });
    folder.write(`package${number}/${name}`, content);
    const before = filesIn(to).join();

    const got = landfall(['package', 'import', file, '-o', to]);

    equal(got.code, kCouldNot, `exit code for ${name}`);
    expect(words.test(got.errors), `why ${name} is refused`, got);
    equal(filesIn(to).join(), before, 'files');
    equal(folder.read(`package${number}/${name}`).toString('utf8'), content, 'content');
  }
  const to = folder.file('package2');
  equal(landfall(['package', 'import', folder.write('o.md', other), '-o', to]).code, kCouldNot);
});

const kHousehold = {
  region: 'Sindh',
  district: 'Gulshan',
  residentialAddress: '12 Clifton Road',
  primaryContactNo: '0300123456',
  householdIncome: '3',
  internetHH: '1',
  internetType: '2',
  familyMembers: [
    {
      persons: {
        firstNameFM: 'Amna',
        gender: '1',
        health: {
          healthVisit: '1',
          healthFacility: ['1', '2'],
          diseases: ['1'],
        },
      },
    },
    {
      persons: {
        firstNameFM: 'Bilal',
        gender: '2',
        health: {
          healthVisit: '2',
          reasonForNoHealthVisit: ['1'],
          diseases: ['1', '2', '3', '4'],
        },
      },
    },
  ],
};

scenario('a data file that does not hold what is asked of it is named, with its row', (folder) => {
  const form = folder.write(
    'fruit.csv',
    'type,name,label\nselect_one_from_file kinds.csv,kind,Kind\n',
  );
  const absent = landfall(['package', 'import', form, '-o', folder.file('absent')]);
  equal(absent.code, kYes, 'exit code without the file');
  expect(
    /: kinds\.csv: warning: .*\[file_wanted\]/.test(absent.text + absent.errors),
    'the file',
    absent,
  );
  folder.write('kinds.csv', 'name;label\napple;Apple\n');
  const wrong = landfall(['package', 'import', form, '-o', folder.file('wrong')]);
  equal(wrong.code, kNo, 'exit code');
  const place = /: kinds\.csv row 1, column label: error: .*\[missing_column\]/;
  expect(place.test(wrong.text + wrong.errors), 'the place', wrong);
});

function csvOf(sheets) {
  const cell = (value) => {
    const text = typeof value === 'boolean' ? String(value).toUpperCase() : String(value ?? '');
    return `"${text.replaceAll('"', '""')}"`;
  };
  const lines = Object.entries(sheets).flatMap(([name, rows]) => [
    cell(name),
    ...rows.map((row) => ['', ...row.map(cell)].join(',')),
  ]);
  return `${lines.join('\n')}\n`;
}

/** The workbook whose id begins so, as its own .xlsx or, where the suite has none, as CSV. */
function realWorkbook(folder, name) {
  const cases = JSON.parse(readFileSync(kWorkbooks, 'utf8')).cases;
  const found = cases.find((item) => item.id.startsWith(name));
  if (found.xlsx_b64 === null) return folder.write(`${name}.csv`, csvOf(found.sheets));
  const file = folder.file(`${name}.xlsx`);
  writeFileSync(file, Buffer.from(found.xlsx_b64, 'base64'));
  return file;
}

if (existsSync(kWorkbooks)) {
  scenario('a real survey with a repeat and a cascade is filled in', (folder) => {
    const file = realWorkbook(folder, 'socio-economic-survey');

    const { report } = importAndFill(folder, file, kHousehold);

    equal(readdirSync(folder.file('package/i18n')).join(), 'en,fr', 'locales');
    const cascade = traceOf(report, '/district', 'choice_filter');
    expect(cascade.length > 0, 'the districts of the region', report.trace);
    equal(report.answers.headOfHousehold.SEClass, '3', 'the class, by its name');
    const visits = traceOf(report, '/healthFacility', 'relevant').map((step) => step.result);
    equal(visits.join(), 'true,false', 'relevance of the two members');
    equal(report.findings.length, 1, 'findings');
    equal(report.findings[0].path, 'familyMembers[2]/persons/health/diseases');
  });

  scenario('the same survey as the XForm that another converter made of it', (folder) => {
    const cases = JSON.parse(readFileSync(kWorkbooks, 'utf8')).cases;
    const survey = cases.find((item) => item.id.startsWith('socio-economic-survey'));
    const file = folder.write('survey.xml', survey.expected_xform);

    const { imported, report } = importAndFill(folder, file, kHousehold);

    expect(/text_by_key/.test(imported), 'a warning about the class', imported);
    equal(report.answers.headOfHousehold.SEClass, '3', 'the class, by its name');
    const [bundle] = readdirSync(folder.file('package/i18n/fr/forms'));
    const texts = folder.read(`package/i18n/fr/forms/${bundle}`).toString('utf8');
    const named = Object.keys(JSON.parse(texts)).filter((key) => key.startsWith('choice.region.'));
    expect(named.length > 3, 'regions in the second language', texts);
    equal(report.findings.length, 1, 'findings');
    equal(report.findings[0].path, 'familyMembers[2]/persons/health/diseases');
  });

  scenario('the verbal autopsy of the WHO is filled in', (folder) => {
    const { report } = importAndFill(folder, realWorkbook(folder, 'whova_form'), {
      Id10013: 'yes',
      Id10020: 'yes',
      Id10021: '1950-03-01',
      Id10022: 'yes',
      Id10023_a: '2020-03-01',
    });

    const person = report.answers.consented.deceased_CRVS.info_on_deceased;
    equal(person.ageInYears, 70);
    equal(person.isAdult, '1');
    const [married] = traceOf(report, '/Id10059', 'relevant').slice(-1);
    equal(married.result, 'true', 'relevance of the marital status');
  });

  scenario('the form of all question types is filled in', (folder) => {
    const { imported, report } = importAndFill(folder, realWorkbook(folder, 'flat_xlsform_test'), {
      skip_to_end: 'no',
      my_name: 'Mai',
      a_integer: 7,
      a_decimal: 8.5,
      required_text: 'x',
    });

    expect(/not_collected/.test(imported), 'a warning about the device', imported);
    const codes = report.findings.map((finding) => `${finding.path} ${finding.code}`);
    expect(codes.includes('everything/a_decimal constraint'), 'a_decimal too large', codes);
    equal(report.answers.everything.calculate_test, 4);
  });
}
