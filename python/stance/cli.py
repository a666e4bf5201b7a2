"""The command ``stance``: the same command line as that of the program, in this process."""

import signal
import sys

from stance import _stance


def main() -> None:
    """Runs the command line with the arguments of this process, and ends it with the exit code."""
    # Python would only note Ctrl-C and a closed pipe, and look at them after the command has ended.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(_stance.main(["stance", *sys.argv[1:]]))
