"""The registry: every deed by name, and every kind of subject that verification compares.

A part that adds deeds lists its module's here; the chain, consent and verification then know them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from steelyard.services.administration.deed import Deed
from steelyard.services.administration.governed import Governed
from steelyard.services.administration.policies import POLICY, SetPolicy
from steelyard.services.administration.proposal import PROPOSAL

DEEDS: Mapping[str, type[Deed[Any]]] = MappingProxyType({deed.name: deed for deed in (SetPolicy,)})
"""Every deed by name."""

GOVERNED: Mapping[str, Governed] = MappingProxyType({each.kind: each for each in (POLICY, PROPOSAL)})
"""Every kind of subject by its name in acts."""
