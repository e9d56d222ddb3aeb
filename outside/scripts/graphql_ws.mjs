// The client `graphql-ws`, with the token in `connection_init`.
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { check, collected, failure } from './expect.mjs';
import { QUERY } from './operations.mjs';
import { judged } from './subscriptions.mjs';

const [url, authorization] = process.argv.slice(2);
const socketUrl = url.replace('http', 'ws');

function connected(token) {
  return createClient({
    url: socketUrl,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: token },
    retryAttempts: 0,
  });
}

const client = connected(authorization);
await judged(client, connected('Bearer nobody'), url, authorization);

const closed = await failure(collected(connected('Bearer nobody').iterate(QUERY)));
check('the connection of a bad token is closed with 4403', closed?.code === 4403, closed);
await client.dispose();
process.exit(0);
