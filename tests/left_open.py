"""Starts a program the way a careless or hostile parent would.

left_open.py connection PROGRAM ARGUMENT...   descriptor 3 is an open TCP connection to this machine's discard port,
                                              standard input a UNIX socket on which another one waits to be taken
left_open.py network PROGRAM ARGUMENT...      standard input is such a connection
left_open.py terminal PROGRAM ARGUMENT...     standard input is a terminal
"""

import os
import pty
import socket
import sys

DISCARD = ("127.0.0.1", 9)


def give(number: int, descriptor: int) -> None:
    if number != descriptor:
        os.dup2(descriptor, number)
    os.set_inheritable(number, True)


how, *command = sys.argv[1:]
if how == "connection":
    left = socket.create_connection(DISCARD)
    handed = socket.create_connection(DISCARD)
    giver, taker = socket.socketpair()
    socket.send_fds(giver, [b"x"], [handed.fileno()])
    give(0, taker.fileno())
    give(3, left.fileno())
elif how == "network":
    left = socket.create_connection(DISCARD)
    give(0, left.fileno())
else:
    _, terminal = pty.openpty()
    if child := os.fork():
        # This process holds the terminal's other end, without which it would be hung up.
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    give(0, terminal)
os.execv(command[0], command)
