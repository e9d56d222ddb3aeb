"""Consent: the deeds for which a tenant may ask for a second person.

Not among them: what takes something away and must be quick (revoking, suspending, rejecting), deeds whose
input holds a person's name, which would then stand in a proposal, and deeds whose result is a secret, which
would reach who approves instead of who asked.
"""

from __future__ import annotations

MAY_WAIT = frozenset(
    {
        "account.create",
        "account.link",
        "account.resume",
        "calendar.declare",
        "exemption.end",
        "exemption.grant",
        "grant.add",
        "period.close",
        "period.reopen",
        "person.erase",
        "policy.set",
        "provider.add",
        "tenant.create",
        "tenant.delete",
        "tenant.resume",
        "unit.close",
        "unit.import",
        "unit.move",
        "unit.reopen",
        "weights.publish",
    }
)
"""By name; the policy `second_person` lists some of them."""
