"""WebSockets of uvicorn that take a refusal, and a text that is none, for no fault of the server's.

Both are up to whoever opens a connection, who could fill the log with errors.
"""

from __future__ import annotations

from uvicorn._types import ASGISendEvent
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode


class PatientSocketProtocol(WebSocketsSansIOProtocol):
    """The protocol, with the two ends that it would log as errors."""

    async def send(self, message: ASGISendEvent) -> None:
        """Pass on what the application says."""
        await super().send(message)
        if message["type"] == "websocket.http.response.body" and not message.get("more_body", False):
            # The refusal was sent, so that no handshake is to follow.
            self.handshake_complete = True

    def send_receive_event_to_app(self) -> None:
        """Pass on a message; hang up for a text that is not UTF-8."""
        if self.curr_msg_data_type == "text" and not self.close_sent and not self._is_text():
            self.frames = []
            self.conn.send_close(CloseCode.INVALID_DATA)
            self.handle_parser_exception()
            return
        super().send_receive_event_to_app()

    def _is_text(self) -> bool:
        try:
            b"".join(self.frames).decode()
        except UnicodeDecodeError:
            return False
        return True
