// XML as the tree that conformance rows are evaluated over.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { xmlTree } from '../conformance/xml-tree.mjs';

test('every kind of node is kept, in order', () => {
  const { children } = xmlTree('<a>1<!--c--><?p q?><![CDATA[<]]><b/></a>');

  assert.deepEqual(children[0].children, [
    '1',
    { comment: 'c' },
    { target: 'p', text: 'q' },
    '<',
    { name: 'b', uri: '', attributes: [], children: [] },
  ]);
});

test('names carry their namespaces, and declarations are no attributes', () => {
  const document = xmlTree('<x:a xmlns:x="urn:x" xmlns="urn:d" x:k="1" l="2"><b/></x:a>');

  assert.deepEqual(document.prefixes, { x: 'urn:x', '': 'urn:d' });
  assert.equal(document.children[0].uri, 'urn:x');
  assert.deepEqual(document.children[0].attributes, [
    ['x:k', 'urn:x', '1'],
    ['l', '', '2'],
  ]);
  assert.equal(document.children[0].children[0].uri, 'urn:d');
});

test('what is no XML is refused', () => {
  assert.throws(() => xmlTree('<a>'));
});
