// What a client of subscriptions goes through, whichever way it is connected.
import { check, collected, failure } from './expect.mjs';
import { A_PLAN, FEW, MANY, QUERY, comment, plan, posted, simulation } from './operations.mjs';

/** `client`: has iterate(operation); `refused`: the same with a bad token. */
export async function judged(client, refused, url, authorization) {
  const [answer] = await collected(client.iterate(QUERY));
  check('a query is answered', answer.data?.schemes?.length > 0, answer);

  const wrong = await outcome(refused.iterate(QUERY));
  check('a bad token is refused', wrong.failed, wrong.found);

  const invalid = await outcome(client.iterate({ query: '{ nothingOfTheKind }' }));
  check('an invalid document is an error', invalid.failed, invalid.found);

  const events = await collected(client.iterate(simulation(FEW)));
  const last = events.at(-1)?.data?.robustnessProgress;
  check(`a subscription tells ${events.length} events and ends`, events.length > 1 && last?.result?.scored > 0, events);

  const pair = await Promise.all([1, 2].map(() => collected(client.iterate(simulation(FEW)))));
  check('two at once both end', pair.every((found) => found.at(-1)?.data?.robustnessProgress?.result), pair);

  const begun = await collected(client.iterate(simulation(MANY)), 1);
  check('one that is ended early has begun', begun.length === 1 && !begun[0].errors, begun);

  const [after] = await collected(client.iterate(QUERY));
  check('and the client goes on', after.data?.schemes?.length > 0, after);

  await follow(client, url, authorization);
}

/** Follows a plan while comments are made on it. */
async function follow(client, url, authorization) {
  const number = (await posted(url, authorization, A_PLAN)).data.plans.nodes[0].number;
  const texts = ['one', 'two', 'three'];
  const heard = [];
  for await (const event of client.iterate(plan(number))) {
    heard.push(event);
    if (heard.length > texts.length) break;
    const said = await posted(url, authorization, comment(number, texts[heard.length - 1]));
    check('a comment is made', said.data?.commentOnPlan?.__typename !== 'Problem', said);
  }
  const told = heard.at(-1).data.planChanged.comments.map(({ text }) => text);
  check('a plan is followed while it changes', texts.every((text) => told.includes(text)), told);
}

async function outcome(iterator) {
  let found;
  const error = await failure(collected(iterator).then((all) => (found = all)));
  return { failed: error !== null || found.every(({ errors }) => errors), found: found ?? String(error) };
}
