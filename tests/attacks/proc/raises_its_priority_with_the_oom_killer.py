r"""Asks to be spared by the out-of-memory killer.

[expect]
outcome = "ok"
stdout = "refused\n"
"""

found = []
for name, value in (("oom_score_adj", "-1000"), ("oom_adj", "-17"), ("oom_score_adj", "-1")):
    try:
        with open(f"/proc/self/{name}", "w") as file:
            file.write(value)
        found.append(name)
    except OSError:
        pass
print(found or "refused")
