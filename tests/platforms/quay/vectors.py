"""Signatures of the invented platform quay, worked out from its written rules with the standard library alone.

sign = hex(hmac-md5(secret, lines)), the lines being: verb; path; the headers as `name=value`, names in lower case;
query and form together, sorted by name, as `name=value` with the value percent-encoded, joined by `&`.
Repeated names keep the order in which they are sent. Parameters without a value are not sent.
"""

import hashlib
import hmac
import json
from urllib.parse import quote

SECRET = "quay-secret"
MILLIS = "1672502400007"


def sign(verb, path, method, parameters):
    encoded = [f"{name}={quote(value, safe='-._~')}" for name, value in sorted(parameters, key=lambda pair: pair[0].encode())]
    lines = "\n".join([verb, path, f"quay-action={method}", "&".join(encoded)])
    return hmac.new(SECRET.encode(), lines.encode(), hashlib.md5).hexdigest()


PUBLIC = [("key", "k9"), ("ts", MILLIS), ("svc", "parcel")]

FIND = PUBLIC + [
    ("depot", "H-1"),
    ("state", "out"),
    ("state", "in"),
    ("open", "1"),
    ("worth_at_least", "12.50"),
    ("since", "2023-01-01T00:00:00+08:00"),
    ("box[width]", "20"),
    ("box[depth]", "3"),
]
EVENTS = PUBLIC + [("page", "2")]

BOOKING = '{"depot":"H-1","goods":"茶叶 50g","worth":12.50,"fragile":"1","pieces":"2","pickup_at":null}'
BOOK = PUBLIC + [("biz", BOOKING)]
assert json.loads(BOOKING)["worth"] == 12.5

IN_CHINESE = PUBLIC + [("lang", "zh"), ("owner", "张三 (甲)")]

if __name__ == "__main__":
    print("find  ", sign("GET", "/parcel", "parcel.find", FIND))
    print("events", sign("GET", "/parcels/P-7/events", "parcel.events", EVENTS))
    print("book  ", sign("POST", "/parcel", "parcel.book", BOOK))
    print("places", sign("GET", "/parcel", "parcel.find", IN_CHINESE))
