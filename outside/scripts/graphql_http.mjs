// The audits that the package `graphql-http` brings, against a server that wants a token: prints them as JSON.
import { serverAudits } from 'graphql-http';

const [url, authorization] = process.argv.slice(2);

function withToken(input, init = {}) {
  return fetch(input, { ...init, headers: { ...init.headers, authorization } });
}

const found = [];
for (const audit of serverAudits({ url, fetchFn: withToken })) {
  const { id, name, status, reason } = await audit.fn();
  found.push({ id, name, status, reason: reason ?? null });
}
console.log(JSON.stringify(found));
