// What is asked over WebSockets and event streams.

export const QUERY = { query: '{ schemes { code } }' };

/** A simulation that tells how far it is; of more draws it goes on for longer. */
export function simulation(draws) {
  return {
    query: `subscription Simulated($draws: Int!) {
      robustnessProgress(input: {scheme: "ecommerce.shop", period: "2025-12", draws: $draws}) {
        stage done total result { scored }
      }
    }`,
    variables: { draws },
  };
}

export const FEW = 20_000;
export const MANY = 100_000;

/** Asks for what never ends by itself: a plan, told anew whenever it changes. */
export function plan(number) {
  return {
    query: 'subscription Followed($plan: String!) { planChanged(plan: $plan) { number comments { text } } }',
    variables: { plan: number },
  };
}

/** Posts an operation as any client does. */
export async function posted(url, authorization, operation) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(operation),
  });
  return response.json();
}

export function comment(number, text) {
  return {
    query: `mutation Said($number: String!, $text: String!) {
      commentOnPlan(input: { number: $number, text: $text }) { __typename }
    }`,
    variables: { number, text },
  };
}

export const A_PLAN = { query: '{ plans(first: 1) { nodes { number } } }' };
