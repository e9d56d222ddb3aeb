// The SDL held against every rule for schemas that @graphql-eslint has; a rule that is off or eased says why.
import graphqlPlugin from '@graphql-eslint/eslint-plugin';

const EVERY = {
  ...graphqlPlugin.configs['flat/schema-all'].rules,
  ...graphqlPlugin.configs['flat/schema-relay'].rules,
};

const OURS = {
  // Stricter than the plugin's own: everything says what it is, fields, arguments and enum values, too.
  '@graphql-eslint/require-description': [
    'error',
    {
      types: true,
      rootField: true,
      DirectiveDefinition: true,
      FieldDefinition: true,
      InputValueDefinition: true,
      EnumValueDefinition: true,
    },
  ],
  // Relay asks for one direction at least. What is listed the latest first (acts, notices, imports) goes forward alone.
  '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
  '@graphql-eslint/relay-edge-types': [
    'error',
    {
      withEdgeSuffix: true,
      // Places in a ranking and rows behind a number have no identity of their own, so no id to be fetched again by.
      shouldImplementNode: false,
      // Lists that a scheme bounds (indicators, bands, rules) are plain lists.
      listTypeCanWrapOnlyEdgeType: false,
    },
  ],
  // Only what can be fetched again by `node` has an id; a score or a band is a value within something that has.
  '@graphql-eslint/strict-id-in-types': 'off',
  // What belongs together stands together in the SDL; the alphabet would tear it apart.
  '@graphql-eslint/alphabetize': 'off',
  // It forbids mutations and subscriptions.
  '@graphql-eslint/no-root-type': 'off',
  // It takes `actor` of an act, and `grantedAt` of a grant, for repetitions of the type's name.
  '@graphql-eslint/no-typename-prefix': 'off',
  // A mutation answers with a union of its success and its problems, never with nothing.
  // `viewer` and `policies` are there for everybody who is let in.
  '@graphql-eslint/require-nullable-result-in-root': 'off',
};

export default [
  {
    files: ['graphql/schema.graphql'],
    languageOptions: {
      parser: graphqlPlugin.parser,
      parserOptions: { graphQLConfig: { schema: 'graphql/schema.graphql' } },
    },
    plugins: { '@graphql-eslint': graphqlPlugin },
    rules: { ...EVERY, ...OURS },
  },
];
