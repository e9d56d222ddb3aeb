"""Notices: what happened is told, once, to those who subscribed to it.

want          which kinds there are, and what a subscriber wants to be told of
message       what a notice says: the payload that receivers are sent
recording     notices and their deliveries are written, in the transaction of what caused them
evaluated     what an evaluation brings: new findings, rules that fired, thresholds
change        which findings are new
recency       what of a period is news still, and what a later one has overtaken
peers         how far units lie behind their peers, and whom that may be told
deadlines     what time brings: actions due, overdue or unclaimed; objections to be decided
settings      what the environment says of deliveries
addresses     where webhooks and mails may go
signing       how a webhook is signed
webhook       a webhook's request
mail          a mail
courier       what is due is delivered, again and again until it is, and by hand
retention     how long notices are kept
background    the courier of a server
listing       notices and subscribers as they are shown
problems      what can be wrong
"""
