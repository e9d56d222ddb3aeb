// A connection with more to it than its pages, and a fragment of each entry.
import { graphql } from 'relay-runtime';

export const rankingPage = graphql`
  fragment ranking_page on Query
  @argumentDefinitions(
    scheme: { type: "String!" }
    period: { type: "String!" }
    count: { type: "Int", defaultValue: 10 }
    cursor: { type: "String" }
  )
  @refetchable(queryName: "rankingPageQuery") {
    ranking(scheme: $scheme, period: $period, first: $count, after: $cursor) @connection(key: "ranking_ranking") {
      totalCount
      spread {
        median
      }
      edges {
        node {
          ...ranking_entry
        }
      }
    }
  }
`;

export const rankingEntry = graphql`
  fragment ranking_entry on RankingEntry {
    rank
    score
    unit {
      ...units_line
    }
  }
`;
