"""The meter: what an operation costs, whether it may cost that, and whether its account can still pay."""

from __future__ import annotations

from collections.abc import Mapping

from graphql import GraphQLSchema
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from steelyard.errors import InvalidInput, Problem
from steelyard.settings.limits import Limits
from steelyard_graphql.context import RequestContext
from steelyard_graphql.limits.allowance import Allowances
from steelyard_graphql.limits.cost import cost
from steelyard_graphql.limits.problems import QUERY_COST


class Meter:
    """Charges operations on one schema. allowances: None where nobody's are counted."""

    def __init__(self, schema: GraphQLSchema, limits: Limits, allowances: Allowances | None) -> None:
        self._schema, self._limits, self._allowances = schema, limits, allowances

    def charge(
        self, execution: StrawberryGraphQLCoreExecutionContext, *, under_way: bool = False
    ) -> Mapping[str, int]:
        """Charge an operation that is about to run, and return what the answer says of it.

        under_way: it has begun already, and is charged but not refused.
        Raises InvalidInput (QUERY_TOO_EXPENSIVE) and TransientError (CLIENT_BUDGET_SPENT).
        """
        most = self._limits.cost
        price = cost(
            self._schema,
            execution.operation,
            execution.fragment_definitions,
            execution.variable_values,
        )
        if price > most:
            raise InvalidInput(Problem(QUERY_COST, values={"cost": price, "most": most}))
        told = {"requested": price, "limit": most}
        context = execution.context_value
        if self._allowances is None or not isinstance(context, RequestContext):
            return told
        account = (context.scope.tenant_id, context.actor.id)
        take = self._allowances.spend if under_way else self._allowances.take
        left = take(account, price)
        return {**told, "remaining": left, "perMinute": self._limits.cost_per_minute}
