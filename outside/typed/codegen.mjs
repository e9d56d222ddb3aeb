// A typed client from the committed SDL and the queries of the screens.
export default {
  schema: '../graphql/schema.graphql',
  documents: ['../docs/screens/*.graphql', 'typed/*.graphql'],
  generates: {
    '.cache/typed/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        strictScalars: true,
        scalars: { Date: 'string', DateTime: 'string', Upload: 'Blob' },
        enumsAsTypes: true,
        useTypeImports: true,
      },
    },
  },
  ignoreNoDocuments: false,
};
