/*
 * What the browser half is held to besides its types. tsc knows every name, so that no rule here
 * looks for those that nobody defines.
 */

/** Ways to make markup of a text: what a record says reaches the page as text alone. */
const MARKUP = [
  "AssignmentExpression[left.property.name=/^(inner|outer)HTML$/]",
  "CallExpression[callee.property.name=/^(insertAdjacentHTML|createContextualFragment|setHTMLUnsafe)$/]",
  "CallExpression[callee.object.name='document'][callee.property.name=/^write(ln)?$/]",
].map((selector) => ({ selector, message: 'Put text into the page as text.' }));

/** What the linker does not read (geo/webmap/linker.py). */
const UNLINKED = [
  { selector: 'TemplateLiteral', message: 'The linker does not read these: join texts with +.' },
  { selector: 'ImportExpression', message: 'All of the document is one script.' },
  { selector: 'ExportDefaultDeclaration', message: 'Export it under its name.' },
];

/** What Leaflet keeps to itself, and Leaflet as a whole: both are known to one module. */
const INSIDE_OF_LEAFLET = [
  { selector: 'MemberExpression[property.name=/^_/]', message: 'Leaflet keeps this to itself: give it a name in map/leaflet.js.' },
  { selector: 'MethodDefinition[key.name=/^_/]', message: 'Leaflet keeps this to itself: give it a name in map/leaflet.js.' },
  { selector: 'Property[key.name=/^_/]', message: 'Leaflet keeps this to itself: give it a name in map/leaflet.js.' },
  { selector: "Identifier[name='L']", message: 'Take what it does from map/leaflet.js.' },
  { selector: "MemberExpression[property.name='L']", message: 'Take what it does from map/leaflet.js.' },
];

export default [
  { ignores: ['.venv*/', 'build/', 'dist/', 'out/', 'site/'] },
  {
    files: ['**/*.js'],
    languageOptions: { ecmaVersion: 'latest', sourceType: 'module' },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      // A name means one thing in all of a module: an import that a local hides is read wrongly.
      'no-shadow': ['error', { hoist: 'functions' }],
      'no-unused-expressions': 'error',
      'no-unused-vars': ['error', { args: 'after-used' }],
      'no-useless-return': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-restricted-syntax': ['error', ...MARKUP],
    },
  },
  {
    files: ['geo/webmap/js/**/*.js', 'geo/app/form/*.js', 'geo/app/pane/*.js'],
    rules: { 'no-restricted-syntax': ['error', ...MARKUP, ...UNLINKED, ...INSIDE_OF_LEAFLET] },
  },
  {
    files: ['geo/webmap/js/map/leaflet.js'],
    rules: { 'no-restricted-syntax': ['error', ...MARKUP, ...UNLINKED] },
  },
];
