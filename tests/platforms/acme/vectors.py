"""Signatures of the invented platform acme, worked out from its written rules with the standard library alone.

A2 = base64(hmac-sha256(sign_secret, lines)), the lines being: verb; path; the headers as `name:value`, names in lower
case, sorted, one a line; the sorted query, percent-encoded as a whole; the SHA-256 of the body in lower hex.
A1 = HEX(md5(HEX(md5(fold of the non-empty business fields)) + app_secret)).

Run it to see every signature that stands in platform.yaml. The sealed sample answer of order.list.yaml is
    printf '000102030405060708090a0b0c0d0e0f' | xxd -r -p > iv
    printf '%s' "$SEALED" | openssl enc -aes-128-cbc -K 30313233343536373839616263646566 -iv $(xxd -p iv) > text
    cat iv text | base64 -w0
"""

import base64
import hashlib
import hmac
import json
from urllib.parse import quote

APP_SECRET = "0123456789abcdef"
SIGN_SECRET = "s1gn"
MOMENT = "2023-01-01T00:00:00.007+0800"  # 1672502400.007
NONCE = "00ff00ff00ff00ff"
SEALED = '{"next":"c2","orders":{"order":[{"paid_at":1672502400,"total":1250},{"paid_at":0,"total":80}]}}'


def body_of(data):
    """The JSON body: members sorted at every depth, no spaces, Chinese unescaped."""
    whole = {"data": data, "meta": {"lang": "zh"}}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def headers_of(body):
    """The signed headers: all public parameters that travel as headers, but the signature."""
    digest = base64.b64encode(hashlib.md5(body.encode()).digest()).decode()
    return {"Acme-Key": "k1", "Acme-Time": MOMENT, "Acme-Nonce": NONCE, "Acme-Digest": digest}


def a2(verb, path, query, body, **more_headers):
    headers = headers_of(body) | more_headers
    lines = [
        verb,
        path,
        "\n".join(sorted(f"{name.lower()}:{value}" for name, value in headers.items())),
        quote("&".join(f"{name}={query[name]}" for name in sorted(query)), safe="-._~"),
        hashlib.sha256(body.encode()).hexdigest(),
    ]
    mac = hmac.new(SIGN_SECRET.encode(), "\n".join(lines).encode(), hashlib.sha256)
    return base64.b64encode(mac.digest()).decode()


def fold(value):
    """A scalar's text; of a record or list every member as name + fold, sorted; list members are called 0, 1, 2."""
    if isinstance(value, list):
        value = {str(index): item for index, item in enumerate(value)}
    if isinstance(value, dict):
        return "".join(name + fold(value[name]) for name in sorted(value, key=str.encode))
    return str(value)


def a1(business):
    inner = fold({name: value for name, value in business.items() if value != ""})
    first = hashlib.md5(inner.encode()).hexdigest().upper()
    return hashlib.md5((first + APP_SECRET).encode()).hexdigest().upper()


ORDERS = {
    "since": "2023-01-01 00:00:00",
    "until": "2023-01-08 00:00:00",
    "states": "paid|sent",
    "at_least": "12.50",
    "lines": [{"sku": "短袖", "qty": 2}, {"sku": "b/1", "qty": 1}],
}
SPAN = {"since": "2023-01-01 00:00:00", "until": "2023-01-08 00:00:00", "cursor": ""}
REMARK = {"order_no": "AC-0007", "text": "请放门口 (thanks)", "urgent": "Y", "score": 5}

if __name__ == "__main__":
    with_token = {"alg": "A2", "token": "t0k"}
    without = {"alg": "A2"}
    print("A2, a list of orders       ", a2("POST", "/v3/order/list", with_token, body_of(ORDERS)))
    print("A2, an empty text, no token", a2("POST", "/v3/order/list", without, body_of(SPAN)))
    print("A2, a remark in Chinese    ", a2("PUT", "/v4/order/remark", without, body_of(REMARK)))
    print("A2, texts in their places  ", a2("POST", "/v3/ping", {"alg": "A2", "q": "a b*~", "empty": ""}, "{}", note=""))
    print("A1, nested lines           ", a1(ORDERS | {"cursor": ""}))
    print("A1, a remark in Chinese    ", a1(REMARK))
