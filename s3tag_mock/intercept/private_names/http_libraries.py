"""Names of libraries that send plain HTTP, in Python itself or beside it."""

from __future__ import annotations

from typing import Final

from s3tag_mock.intercept.private_names.row import rows

ROWS: Final = (
    *rows(
        "required",
        "answering plain HTTP to S3",
        "urllib3.connectionpool:HTTPConnectionPool.urlopen",
        "http.client:HTTPConnection.set_tunnel",
        "http.client:HTTPConnection.putrequest",
    ),
    *rows(
        "required",
        "keeping requests from the network",
        "socket:getaddrinfo",
        "socket:gethostbyname",
        "socket:gethostbyname_ex",
        "socket:gethostbyaddr",
        "socket:socket.connect",
        "socket:socket.connect_ex",
        "socket:socket.sendto",
        "socket:socket.sendmsg",
    ),
    *rows(
        "required",
        "answering plain HTTP to S3 by httpx and aiohttp",
        "httpx:HTTPTransport.handle_request",
        "httpx:AsyncHTTPTransport.handle_async_request",
        "httpx2:HTTPTransport.handle_request",
        "httpx2:AsyncHTTPTransport.handle_async_request",
        "aiohttp.connector:BaseConnector.connect",
        of_instances=("aiohttp.connector:BaseConnector._create_connection",),
    ),
)
