// Changes: a mutation whose union is told apart, a plan that is followed, and plans that come and go in a list.
import { graphql } from 'relay-runtime';

export const plansPage = graphql`
  fragment plans_page on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" })
  @refetchable(queryName: "plansPageQuery") {
    plans(first: $count, after: $cursor) @connection(key: "plans_plans") {
      edges {
        node {
          ...plans_plan
        }
      }
    }
  }
`;

export const planFragment = graphql`
  fragment plans_plan on ImprovementPlan @refetchable(queryName: "plansPlanQuery") {
    number
    revision
    comments {
      text
    }
  }
`;

export const comment = graphql`
  mutation plansCommentMutation($input: CommentOnPlanInput!) {
    commentOnPlan(input: $input) {
      __typename
      ... on PlanSaved {
        plan {
          ...plans_plan
        }
      }
      ... on Problem {
        code
        message
      }
    }
  }
`;

export const followed = graphql`
  subscription plansFollowedSubscription($plan: String!) {
    planChanged(plan: $plan) {
      ...plans_plan
    }
  }
`;
