"""What those who run a server see of it: logs and metrics.

facts       what is known of the request that is answered right now
logs        what lines of the log look like
requests    a number, a line of the log and the metrics of every request
operations  … and of every GraphQL operation in it
metrics     what is counted and measured
gauges      what is looked at when somebody asks: connections, caches, work under way
exposition  where Prometheus finds it
problems    what can be wrong with a server itself
"""
