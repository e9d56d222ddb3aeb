// The client `graphql-sse` in its distinct connections mode: one request, one stream.
import { createClient } from 'graphql-sse';
import { judged } from './subscriptions.mjs';

const [url, authorization] = process.argv.slice(2);

function connected(token) {
  return createClient({ url, headers: { authorization: token }, retryAttempts: 0 });
}

await judged(connected(authorization), connected('Bearer nobody'), url, authorization);
process.exit(0);
