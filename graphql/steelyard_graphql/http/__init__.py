"""GraphQL over HTTP: what surrounds a query on its way in and out.

endpoint     one path that takes queries: methods, status codes, answers
asked        the request's body or query string, read strictly
upload_form  an operation with files, by the multipart request specification
multipart    a multipart body, taken apart while it arrives
events       the answers of a subscription as server-sent events
headers      what browsers may do with answers
origins      pages of which origins may call
hosts        which names the server answers to
socket       operations over a WebSocket, by graphql-transport-ws
messages     the messages of that protocol and its close codes
watch        streams end with the token of whoever began them
media_types  which type an answer has, by the Accept header
refusal      requests that are refused before any query is looked at
explorer     GraphiQL, in demo mode only
health       `/healthz` and `/readyz`
"""
