"""GraphQL over HTTP: what surrounds a query on its way in and out.

endpoint     one path that takes queries: methods, status codes, answers
asked        the request's body or query string, read strictly
media_types  which type an answer has, by the Accept header
refusal      requests that are refused before any query is looked at
explorer     GraphiQL, in demo mode only
health       `/healthz` and `/readyz`
"""
