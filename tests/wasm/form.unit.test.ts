import { checkAttachment, checkValue, openForm, paddedSize } from '@landfall/bindings/index.ts';
import type { CoreModule, NodeState, OpenForm } from '@landfall/bindings/index.ts';
import { describe, expect, it } from 'vitest';
import { builtModule, codeOf, fixedBytes, utf8, valueOf } from './support/module.ts';
import { packageOf, smallPackage } from './support/small-package.ts';

interface Description {
  readonly form_id: string;
  readonly nodes: readonly { readonly path: string }[];
}

const kOptions = { as_of: '2026-11-21', time_zone: 'Asia/Taipei' };

const open = (module: CoreModule): OpenForm<Description> =>
  valueOf(openForm<Description>(module, smallPackage(), kOptions));

const stateOf = (nodes: readonly NodeState[], path: string): NodeState | undefined =>
  nodes.find((node) => node.path === path);

describe('an open form', () => {
  it('describes its questions and says how each stands', async () => {
    const form = open(await builtModule());

    expect(form.description.form_id).toBe('small');
    expect(form.description.nodes.map(({ path }) => path)).toContain('person/guardian');
    expect(stateOf(form.nodes, 'person/guardian')?.relevant).toBe(false);
  });

  it('answers a change with the nodes that differ', async () => {
    const form = open(await builtModule());

    const changes = valueOf(form.set('person/minor', 'yes'));

    expect(stateOf(changes, 'person/guardian')?.relevant).toBe(true);
    expect(stateOf(changes, 'person/name')).toBeUndefined();
  });

  it('keeps a hidden answer for the draft and leaves it out of the answers', async () => {
    const form = open(await builtModule());
    valueOf(form.set('person/minor', 'yes'));
    valueOf(form.set('person/guardian', '李四'));
    valueOf(form.set('person/minor', 'no'));

    expect(valueOf(form.answers())).not.toContain('李四');
    expect(valueOf(form.allAnswers())).toContain('李四');
  });

  it('opens again with the answers of a draft', async () => {
    const module = await builtModule();
    const form = open(module);
    valueOf(form.set('person/name', '王小明'));
    const answers: unknown = JSON.parse(valueOf(form.allAnswers()));
    form.free();

    const again = valueOf(
      openForm<Description>(module, smallPackage(), { ...kOptions, answers: answers as never }),
    );

    expect(stateOf(again.nodes, 'person/name')?.value).toBe('王小明');
  });

  it('draws from its seed, and keeps what it drew in the draft', async () => {
    const module = await builtModule();
    const survey = [
      { type: 'text', name: 'who', label: 'l' },
      { type: 'calculate', name: 'id', calculation: 'uuid()' },
    ];
    const openWith = (options: object): OpenForm<Description> =>
      valueOf(openForm<Description>(module, packageOf(survey), { ...kOptions, ...options }));
    const idOf = (form: OpenForm<Description>): unknown => stateOf(form.nodes, 'id')?.value;
    const form = openWith({ seed: 'a' });
    const draft: unknown = JSON.parse(valueOf(form.allAnswers()));

    expect(idOf(form)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
    expect(idOf(openWith({ seed: 'a' }))).toBe(idOf(form));
    expect(idOf(openWith({ seed: 'b' }))).not.toBe(idOf(form));
    expect(idOf(openWith({}))).toBe(null);
    expect(idOf(openWith({ seed: 'b', answers: draft }))).toBe(idOf(form));
  });

  it('computes again what looks at its own question without naming it', async () => {
    const survey = [{ type: 'text', name: 'who', label: 'l', required: 'string-length() > 2' }];
    const form = valueOf(openForm<Description>(await builtModule(), packageOf(survey), kOptions));

    expect(stateOf(valueOf(form.set('who', 'ab')), 'who')?.required).toBe(false);
    expect(stateOf(valueOf(form.set('who', 'abc')), 'who')?.required).toBe(true);
  });

  it('gives a verdict and a fee', async () => {
    const form = open(await builtModule());
    expect(valueOf(form.check()).status).toBe('incomplete');

    valueOf(form.set('person/name', 'Chan'));
    valueOf(form.set('person/minor', 'no'));

    expect(valueOf(form.check())).toEqual({ status: 'complete', findings: [] });
    expect(valueOf(form.fee())).toEqual({ amount: 600, currency: 'TWD', fee_code: 'BASE' });
  });

  it('refuses what it cannot do, by code', async () => {
    const module = await builtModule();
    const form = open(module);

    expect(codeOf(form.set('person/nobody', 'x'))).toBe('path_unknown');
    expect(codeOf(openForm(module, utf8('{}'), kOptions))).toBe('package_malformed');
    expect(codeOf(openForm(module, utf8('{"a":1,"a":2}'), kOptions))).toBe('json_duplicate_member');
    form.free();
    expect(codeOf(form.check())).toBe('handle_unknown');
  });
});

describe('single values and files', () => {
  it('checks an identifier and gives its normal form', async () => {
    const module = await builtModule();
    const checked = valueOf(
      checkValue(module, { type: 'hkid', value: 'ａ１２３４５６（３）', as_of: '2026-11-21' }),
    );

    expect(checked).toEqual({ findings: [], normalised: 'A1234563' });
    expect(codeOf(checkValue(module, { type: 'nothing', value: '', as_of: '2026-11-21' }))).toBe(
      'identity_type_unknown',
    );
  });

  it('names a file by its bytes, whatever it is called', async () => {
    const module = await builtModule();
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, ...fixedBytes(60)]);
    const request = {
      rule: { types: ['image/jpeg'], ext: ['jpg'], max_bytes: 1000, max_files: 1 },
      name: 'me.jpg',
      size: png.length,
    };

    const checked = valueOf(checkAttachment(module, request, png, png));

    expect(checked.media_type).toBe('image/png');
    expect(checked.findings.length).toBeGreaterThan(0);
  });

  it('pads by Padmé', async () => {
    const module = await builtModule();

    expect([0, 1, 9, 100, 1_000_000].map((size) => paddedSize(module, size))).toEqual([
      0, 1, 10, 104, 1_015_808,
    ]);
  });
});
