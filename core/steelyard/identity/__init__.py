"""Identity: whose a bearer token is. Knows no database: who the account is, is looked up elsewhere.

refusal    why a token is refused: for the log alone
tokens     Steelyard's own tokens, which programs carry (pure)
claims     what a signed token of an identity provider says of itself before it is checked (pure)
keys       which of an issuer's keys may have signed what (pure)
address    which addresses issuers may have (pure)
discovery  an issuer's keys, fetched
key_ring   the keys of one issuer, kept for a while
oidc       signed tokens, checked
"""
