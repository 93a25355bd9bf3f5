// Turns an XML document into the JSON tree that the operations read, so that the native build and
// the wasm one are given the same document.

import { SaxesParser } from 'saxes';

const kXmlNamespaces = 'http://www.w3.org/2000/xmlns/';

/**
 * @typedef {string | { comment: string } | { target: string, text: string } | XmlElement} XmlNode
 * @typedef {{ name: string, uri: string, attributes: [string, string, string][],
 *             children: XmlNode[] }} XmlElement
 * @typedef {{ prefixes: Record<string, string>, children: XmlNode[] }} XmlDocument
 */

/**
 * The tree of a document: a text is a string (a CDATA section is one of its own), attributes are
 * [name, namespace, value] in the order of the document and without declarations of namespaces,
 * which are gathered in `prefixes` (of several for one prefix, the first).
 *
 * @param {string} text
 * @returns {XmlDocument}
 */
export function xmlTree(text) {
  const parser = new SaxesParser({ xmlns: true });
  const document = { prefixes: {}, children: [] };
  const open = [document];
  const append = (node) => open.at(-1).children.push(node);

  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const attributes = [];
    for (const { name, uri, value, local, prefix } of Object.values(tag.attributes)) {
      if (uri === kXmlNamespaces) document.prefixes[prefix === '' ? '' : local] ??= value;
      else attributes.push([name, uri, value]);
    }
    const element = { name: tag.name, uri: tag.uri, attributes, children: [] };
    append(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', (value) => {
    if (open.length > 1) append(value);
  });
  parser.on('cdata', append);
  parser.on('comment', (comment) => append({ comment }));
  parser.on('processinginstruction', ({ target, body }) => append({ target, text: body }));
  parser.write(text).close();
  return document;
}
