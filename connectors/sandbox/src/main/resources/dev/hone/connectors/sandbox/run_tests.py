"""Runs the tests in tests.py against solution.py, each in a process of its own, and prints a line of JSON for each.

The first line has the names of the tests, or why they cannot be read. This process never runs a line of either file, and no
process of its user can look into it.
"""
import ast
import ctypes
import json
import os
import re
import secrets
import select
import signal
import sys
import time
import traceback
import types

deadline = time.monotonic() + float(sys.argv[1]) * 0.9
LONGEST_TRACE = 2000
PR_SET_DUMPABLE = 4


def say(**fields):
    print(json.dumps(fields), flush=True)


def names(text):
    tree = ast.parse(text, "tests.py")
    found = [node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    return list(dict.fromkeys(found))


def trace(error):
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in ("solution.py", "tests.py")]
    lines = ["%s, line %s: %s" % (frame.filename, frame.lineno, frame.line) for frame in frames[-4:]]
    lines.append("".join(traceback.format_exception_only(type(error), error)).strip())
    return re.sub(r"0x[0-9a-f]{6,}", "0x...", "\n".join(lines))[-LONGEST_TRACE:]


def load(code, tests):
    import linecache
    for name, text in (("solution.py", code), ("tests.py", tests)):
        linecache.cache[name] = (len(text), None, text.splitlines(True), name)
    solution = types.ModuleType("solution")
    solution.__file__ = "solution.py"
    sys.modules["solution"] = solution
    exec(compile(code, "solution.py", "exec"), solution.__dict__)
    return solution


def judge(name, code, tests, pipe, secret):
    sys.path.insert(0, "/work")
    nothing = os.open("/dev/null", os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    try:
        solution = load(code, tests)
        scope = {key: value for key, value in vars(solution).items() if not key.startswith("__")}
        scope["__name__"] = "tests"
        exec(compile(tests, "tests.py", "exec"), scope)
        if name:
            scope[name]()
        verdict = secret + b"passed"
    except BaseException as error:
        verdict = secret + b"failed" + trace(error).encode("utf-8", "replace")
    os.write(pipe, verdict)


def listen(pipe, child):
    heard = b""
    ended = False
    while len(heard) < 65536:
        if time.monotonic() >= deadline:
            return None
        if select.select([pipe], [], [], 0 if ended else 0.02)[0]:
            more = os.read(pipe, 65536)
            if not more:
                break
            heard += more
        elif ended:
            break
        else:
            ended = os.waitpid(child, os.WNOHANG)[0] != 0
    return heard


def run(name, code, tests):
    secret = secrets.token_hex(16).encode()
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.setsid()
        os.close(read)
        judge(name, code, tests, write, secret)
        os._exit(0)
    os.close(write)
    heard = listen(read, child)
    os.close(read)
    for kill in (lambda: os.killpg(child, signal.SIGKILL), lambda: os.kill(child, signal.SIGKILL)):
        try:
            kill()
        except OSError:
            pass
    try:
        os.waitpid(child, 0)
    except ChildProcessError:
        pass
    if heard is None:
        return False, "it took longer than there was time"
    if heard == secret + b"passed":
        return True, ""
    if heard.startswith(secret + b"failed"):
        return False, heard[len(secret) + 6:].decode("utf-8", "replace")
    return False, "the code ended the process before the test was over"


def main():
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    with open("solution.py", encoding="utf-8") as file:
        code = file.read()
    with open("tests.py", encoding="utf-8") as file:
        tests = file.read()
    try:
        found = names(tests)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        say(refused="".join(traceback.format_exception_only(type(error), error)).strip().replace("\n", " ")[:500])
        return
    say(names=found or ["tests"])
    if len(found) > 500:
        return
    for name in found or [None]:
        if time.monotonic() >= deadline:
            return
        passed, why = run(name, code, tests)
        say(passed=passed, trace=why)


main()
