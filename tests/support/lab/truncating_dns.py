# SPDX-License-Identifier: BSD-2-Clause
"""A name server whose UDP answers are all cut off (TC, RFC 1035 §4.2.1), before a real one that answers by TCP."""

import socketserver
import socket
import threading

from lab.processes import free_port

_TC_AND_QR = 0x82   # in the third octet of a message


class TruncatingDns:
    """`resolver` is what dns.servers wants; `by_udp` and `by_tcp` count the questions."""

    def __init__(self, server):
        self.server = (server.host, server.port)
        self.port = free_port()
        self.resolver = f"127.0.0.1@{self.port}"
        self.by_udp = self.by_tcp = 0
        self.servers = [_start(socketserver.ThreadingUDPServer, self.port, self._udp_handler()),
                        _start(socketserver.ThreadingTCPServer, self.port, self._tcp_handler())]

    def _udp_handler(proxy):
        class Handler(socketserver.DatagramRequestHandler):
            def handle(self):
                proxy.by_udp += 1
                question = self.rfile.read()
                self.wfile.write(question[:2] + bytes([question[2] | _TC_AND_QR]) + question[3:])
        return Handler

    def _tcp_handler(proxy):
        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                with socket.create_connection(proxy.server, 10) as server:
                    answers = server.makefile("rb")
                    while length := self.rfile.read(2):
                        proxy.by_tcp += 1
                        server.sendall(length + self.rfile.read(int.from_bytes(length, "big")))
                        length = answers.read(2)
                        self.wfile.write(length + answers.read(int.from_bytes(length, "big")))
        return Handler

    def stop(self):
        for server in self.servers:
            server.shutdown()
            server.server_close()


def _start(kind, port, handler):
    kind.allow_reuse_address = True
    kind.daemon_threads = True
    kind.block_on_close = False
    server = kind(("127.0.0.1", port), handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return server
