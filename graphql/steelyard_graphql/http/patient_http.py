"""HTTP/1.1 of uvicorn that takes what is no HTTP for no fault of the server's.

It is up to whoever opens a connection, who could fill the log with errors.
"""

from __future__ import annotations

from h11 import LocalProtocolError
from uvicorn.protocols.http.h11_impl import H11Protocol


class PatientProtocol(H11Protocol):
    """The protocol, with the end of a connection on which bytes come that are no HTTP."""

    def send_400_response(self, msg: str) -> None:
        """Refuse them, as long as a refusal can be sent, and hang up.

        The application is then told that nobody is there: what it still answers would be a second answer.
        """
        try:
            super().send_400_response(msg)
        except LocalProtocolError:
            self.transport.close()
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
