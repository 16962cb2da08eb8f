// Reads Bicep files with tree-sitter's grammar, as far as the tests ask.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Language, Parser } from 'web-tree-sitter';

const require = createRequire(import.meta.url);
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(require.resolve('tree-sitter-bicep/tree-sitter-bicep.wasm')));

/** The repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The text of one of its files. */
export const read = path => readFileSync(join(root, path), 'utf8');

/** Every Bicep file with its tree. */
export const files = readdirSync(join(root, 'infra')).filter(name => name.endsWith('.bicep')).map(name => {
  const text = read(`infra/${name}`);
  return { name, text, tree: parser.parse(text).rootNode };
});

/** The tree of one of them. */
export const treeOf = name => files.find(file => file.name === name).tree;

/** Every node of a kind at or below another. */
export const all = (node, ...types) => node.descendantsOfType(types);

/** A string without its quotes, each interpolation as a star. */
export const textOf = node => node.text.replace(/^'|'$/g, '').replace(/\$\{.*?\}/gs, '*');

/** An object's properties: their names, and the nodes of their values. */
export const propertiesOf = object => Object.fromEntries(object.namedChildren
  .filter(child => child.type === 'object_property')
  .map(property => [textOf(property.namedChild(0)), property.namedChildren.at(-1)]));

/** The resources of a file, those that exist already included. */
export const resourcesOf = file => all(treeOf(file), 'resource_declaration').map(node => {
  const properties = propertiesOf(all(node, 'object')[0]);
  return { node, type: textOf(node.namedChild(1)).split('@')[0], name: properties.name && textOf(properties.name), properties };
});
