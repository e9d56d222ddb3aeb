// What a Relay application would hold: a page of units that can be continued, and one unit that can be fetched again.
import { graphql } from 'relay-runtime';

export const unitsQuery = graphql`
  query unitsQuery($below: String) {
    ...units_page @arguments(below: $below)
  }
`;

export const unitsPage = graphql`
  fragment units_page on Query
  @argumentDefinitions(below: { type: "String" }, count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" })
  @refetchable(queryName: "unitsPageQuery") {
    units(below: $below, first: $count, after: $cursor) @connection(key: "units_units", filters: ["below"]) {
      totalCount
      edges {
        node {
          id
          ...units_line
        }
      }
    }
  }
`;

export const unitLine = graphql`
  fragment units_line on Unit
  @argumentDefinitions(locale: { type: "Locale", defaultValue: EN })
  @refetchable(queryName: "unitsLineQuery") {
    code
    title(locale: $locale)
    parent {
      id
      code
    }
  }
`;

export const nodeQuery = graphql`
  query unitsNodeQuery($id: ID!) {
    node(id: $id) {
      __typename
      id
      ...units_line @alias(as: "line")
      ... on Scheme {
        code
      }
    }
  }
`;
