"""The signature of the invented platform harbor, worked out from its written rule with the standard library alone.

sign = hex(sha256(secret + path + sorted public parameters as `name=value` joined by commas + body + secret)).
"""

import hashlib
import json

SECRET = "harb0ur"
HIRE = {"boat": '海鸥 "7"', "days": 3, "deposit": "12.50", "crew": ["甲", "b"], "from": "2023-01-01 08:00:00"}


def body_of(request):
    return json.dumps(request, ensure_ascii=False, separators=(",", ":"))


def sign(body, **public):
    pairs = ",".join(f"{name}={public[name]}" for name in sorted(public))
    return hashlib.sha256(f"{SECRET}/open{pairs}{body}{SECRET}".encode()).hexdigest()


if __name__ == "__main__":
    print(body_of(HIRE))
    print("a boat with a Chinese name", sign(body_of(HIRE), client_id="c1", action="boat.hire", at="1672502400007"))
    print("an empty text is signed   ", sign("{}", client_id="", action="boat.ping", at="1672502400007"))
