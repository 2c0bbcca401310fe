// House rules that a machine can hold: what the compiler does not see. Layers are dependency-cruiser's part.
import eslint from '@eslint/js';
import { defineConfig } from 'eslint/config';
import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';

const environment = {
  object: 'process',
  property: 'env',
  message: 'Settings are read once, by server/lib/config.ts, and handed on.',
};

const defaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Named exports only: a thing has one name everywhere.',
};
const presentMoment = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'The time comes from clock.now(), so that tests can hold it still.',
  },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'The time comes from clock.now(), so that tests can hold it still.',
  },
];

export default defineConfig(
  {
    ignores: [
      'dist/',
      'coverage/',
      '.cache/',
      '.data/',
      'uploads/',
      'web/dist/',
      'web/src/shared/server/api-types.d.ts',
    ],
  },
  eslint.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', 'web/**/*.vue'],
    extends: [tseslint.configs.recommendedTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'test/tsconfig.json', 'web/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-restricted-properties': ['error', environment],
      'no-restricted-syntax': ['error', defaultExport],
      'prefer-const': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-unnecessary-condition': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Both are read well; which one is better depends on whether the shape is a union or a promise.
      '@typescript-eslint/consistent-type-definitions': 'off',
      // `||` is meant where an empty text counts as missing.
      '@typescript-eslint/prefer-nullish-coalescing': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['web/**/*.vue'],
    extends: [vue.configs['flat/recommended']],
    languageOptions: { parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.vue'] } },
    rules: {
      // vue-tsc finds those, and knows the browser's names.
      'no-undef': 'off',
      // Layout is prettier's affair.
      'vue/html-closing-bracket-newline': 'off',
      'vue/html-indent': 'off',
      'vue/html-self-closing': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      // An optional property is absent, and that says enough.
      'vue/require-default-prop': 'off',
      'vue/no-v-html': 'error',
      'vue/no-static-inline-styles': 'error',
      // What a component exports by default is what it is.
      'no-restricted-syntax': 'off',
    },
  },
  {
    files: ['web/**/*.d.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['server/**/*.ts', 'models/**/*.ts', 'routes/**/*.ts'],
    ignores: ['server/lib/clock.ts'],
    rules: { 'no-restricted-syntax': ['error', defaultExport, ...presentMoment] },
  },
  {
    // The one reader of settings; and the search for a program along the PATH, which is no setting of ours.
    files: ['server/lib/config.ts', 'server/mongo/find-mongod.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  { files: ['server/main.ts', 'server/commands/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['bench/**/*.ts'],
    rules: { 'no-console': 'off', 'no-restricted-properties': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // chai's `expect(x).to.be.true`.
      '@typescript-eslint/no-unused-expressions': 'off',
      'no-restricted-properties': 'off',
      // supertest types every body as `any`; the schemas of the answers and the expectations say what is in it.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  {
    files: ['bin/**/*.{mjs,cjs}', 'bench/**/*.mjs', '*.{js,cjs}'],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        fetch: 'readonly',
        URL: 'readonly',
        setInterval: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        performance: 'readonly',
        structuredClone: 'readonly',
        require: 'readonly',
        module: 'writable',
      },
    },
  },
);
