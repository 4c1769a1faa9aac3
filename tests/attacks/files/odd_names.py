r"""Leaves files with names that break careless cleaners: newlines, blanks, dashes, bytes that are no text, 255 bytes.

[expect]
outcome = "ok"
stdout = "left\n"
"""

names = [b"new\nline", b" ", b"-rf", b"--", b"*", b"..x", b"...", b"\xff\xfe", b"\x01", b"$(reboot)", b"x" * 255, b"a\\b"]
for name in names:
    with open(name, "w"):
        pass
print("left")
