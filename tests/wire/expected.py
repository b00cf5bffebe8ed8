#!/usr/bin/env python3
"""Writes the whole requests of this folder, worked out from the rules that platforms.md collects, with the standard library.

No code of gatespec has a part in this. The rules, as they are applied here:

* Everything travels in one form body, pairs in the byte order of their names, the signature last.
* The form encoding is that of the URL standard: `*-._` and letters and digits pass, a space is `+`.
* ShopEx: seven segments joined by `&`, the secret first and last; blocks percent-encoded by RFC 3986; MD5, upper hex.
* Mogujie: secret, names and values in byte order, secret; MD5, upper hex. What is empty is not sent.
  Its gateway of tokens gets the secret itself in place of a signature.
* Gome: the same with SHA-1. The dollar sign is a part of the names.
* Acme and Quay, invented: as their `vectors.py` say, which stand beside their specs.

`python3 expected.py` writes the files, `python3 expected.py --check` compares them.
"""

import hashlib
import importlib.util
import json
import sys
from pathlib import Path
from urllib.parse import quote, quote_plus

HERE = Path(__file__).parent
FORM_TYPE = "application/x-www-form-urlencoded; charset=UTF-8"


def form_text(text):
    return quote_plus(text, safe="*").replace("~", "%7E")


def form(pairs, *signature):
    ordered = sorted(pairs.items(), key=lambda pair: pair[0].encode()) + list(signature)
    return "&".join(f"{form_text(name)}={form_text(value)}" for name, value in ordered)


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


# ShopEx

SHOPEX_SECRET = "0123456789abcdef0123456789abcdef"
SHOPEX_PUBLIC = {"app_key": "testkey", "sign_time": "1672502400"}


def shopex_sign(form_pairs, query_pairs=None, path="/router"):
    def block(pairs):
        joined = "&".join(f"{name}={pairs[name]}" for name in sorted(pairs, key=str.encode))
        return quote(joined, safe="-._~")

    segments = [SHOPEX_SECRET, "POST", quote(path, safe="-._~"), "", block(query_pairs or {}), block(form_pairs)]
    return hashlib.md5("&".join(segments + [SHOPEX_SECRET]).encode()).hexdigest().upper()


def shopex(method, signed_path="/router", base="https://apigateway.shopex.cn", **business):
    pairs = SHOPEX_PUBLIC | {"method": method} | business
    body = form(pairs, ("sign", shopex_sign(pairs, path=signed_path)))
    return f"{base}/router", body


# Mogujie

MOGUJIE_SECRET = "TESTAPPSECRET"
MOGUJIE_PUBLIC = {
    "access_token": "TESTACCESSTOKEN",
    "app_key": "10011",
    "format": "json",
    "sign_method": "md5",
    "version": "1.0",
}


def wrapped(digest, secret, pairs):
    text = "".join(name + pairs[name] for name in sorted(pairs, key=str.encode))
    return digest((secret + text + secret).encode()).hexdigest().upper()


def mogujie(order, method="xiaodian.trade.get", timestamp="1367819523", **more):
    pairs = MOGUJIE_PUBLIC | {"method": method, "timestamp": timestamp} | more
    if order is not None:
        pairs["openApiOrderDetailReqDto"] = compact({"shopOrderId": order})
    body = form(pairs, ("sign", wrapped(hashlib.md5, MOGUJIE_SECRET, pairs)))
    return "https://openapi.mogujie.com/invoke", body


def mogujie_token(**business):
    return "https://oauth.mogujie.com/token", form({"app_key": "10011", "app_secret": MOGUJIE_SECRET} | business)


# Gome

GOME_SECRET = "testsecret"
GOME_PUBLIC = {"$app": "testapp", "$token": "testtoken", "$v": "1.0.0"}


def gome(order, method="gome.pusher.order.synchronize", without=(), **more):
    pairs = GOME_PUBLIC | {"$method": method} | more
    if order is not None:
        pairs["request"] = compact(order)
    pairs = {name: value for name, value in pairs.items() if name not in without}
    body = form(pairs, ("$sign", wrapped(hashlib.sha1, GOME_SECRET, pairs)))
    return "http://gw.gome.com.cn/router", body


SALE = {
    "orderId": "10000000001",
    "buyerId": "20000001",
    "buyerName": "测试买家",
    "orderPrice": "99.90",
    "orderSalePrice": "109.90",
    "submittedDate": "2023-01-01 10:00:00",
    "payDate": "2023-01-01 10:05:00",
    "orderType": "0",
    "source": "2",
    "deliveryList": [
        {
            "subOrderId": "30000001",
            "gomeState": "CO",
            "shopNo": "80000001",
            "channelNo": "1",
            "orderEffectTime": "2023-01-02 08:00:00",
            "goodsLists": [
                {
                    "serviceDate": "7",
                    "picUrl": "http://img.example/1.jpg?w=1&h=2",
                    "quantity": 1,
                    "outId": "SKU-1",
                    "skuName": '测试"商品"\\ + 100%',
                    "salePrice": "109.90",
                    "goodsType": "1",
                    "price": "99.90",
                    "receivableAmount": "100.00",
                },
                {"quantity": 2, "goodsType": "2", "price": "0.00"},
            ],
        }
    ],
}
RETURN = {
    "orderId": "10000000001",
    "returnOrderId": "10000000002",
    "deliveryList": [{"subOrderId": "30000001", "gomeState": "RCO", "returnDate": "2023-01-05 09:30:00"}],
}

# The invented platforms


def script(platform):
    path = HERE.parent / "platforms" / platform / "vectors.py"
    spec = importlib.util.spec_from_file_location(platform, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ACME, QUAY = script("acme"), script("quay")


def request(verb, url, headers, body):
    lines = [f"{name.lower()}: {headers[name]}" for name in sorted(headers, key=str.lower)]
    return "\n".join([f"{verb} {url}", *lines, "", body])


def acme(verb, path, query, data, digest=None):
    body = ACME.body_of(data)
    headers = ACME.headers_of(body) | {"Acme-Signature": digest or ACME.a2(verb, path, query, body)}
    headers |= {"Acme-Client": "gatespec", "Content-Type": "application/json; charset=UTF-8"}
    pairs = "&".join(f"{form_text(name)}={form_text(query[name])}" for name in sorted(query))
    return request(verb, f"https://east.acme.example/api{path}?{pairs}", headers, body)


def quay(verb, path, signed_path, method, query, biz=None):
    pairs = QUAY.PUBLIC + query
    signed = pairs + ([(biz[0], biz[1])] if biz else [])
    ordered = sorted(pairs, key=lambda pair: pair[0].encode()) + [("sig", QUAY.sign(verb, signed_path, method, signed))]
    text = "&".join(f"{form_text(name)}={form_text(value)}" for name, value in ordered)
    headers = {"Quay-Action": method} | ({"Content-Type": FORM_TYPE} if biz else {})
    body = f"{form_text(biz[0])}={form_text(biz[1])}" if biz else ""
    return request(verb, f"https://api.quay.example{path}?{text}", headers, body)


BUSINESS = len(QUAY.PUBLIC)

INVENTED = {
    "acme/order-list": acme("POST", "/v3/order/list", {"alg": "A2", "token": "t0k"}, ACME.ORDERS),
    "acme/order-list-tokenless": acme("POST", "/v3/order/list", {"alg": "A2"}, ACME.SPAN),
    "acme/order-list-a1": acme(
        "POST", "/v3/order/list", {"alg": "A1", "token": "t0k"}, ACME.ORDERS, ACME.a1(ACME.ORDERS)
    ),
    "acme/order-remark": acme("PUT", "/v4/order/remark", {"alg": "A2"}, ACME.REMARK),
    "quay/parcel-find": quay("GET", "/parcel", "/parcel", "parcel.find", QUAY.FIND[BUSINESS:]),
    "quay/parcel-find-lang": quay(
        "GET", "/parcel", "/parcel", "parcel.find", [("depot", "H-1"), ("owner", "张三 (甲)"), ("lang", "zh")]
    ),
    "quay/parcel-events": quay(
        "GET", "/parcels/P-7/events", "/parcels/P-7/events", "parcel.events", QUAY.EVENTS[BUSINESS:]
    ),
    # In the URL the hole's text is escaped, in the signature it is as it was given.
    "quay/parcel-events-hostile": quay(
        "GET", "/parcels/P%2F7%20%E7%94%B2%3F/events", "/parcels/P/7 甲?/events", "parcel.events", []
    ),
    "quay/parcel-book": quay("POST", "/parcel", "/parcel", "parcel.book", [], ("biz", QUAY.BOOKING)),
    "quay/parcel-book-carrier": quay("POST", "/parcel", "/parcel", "parcel.book", [], ("data", QUAY.BOOKING)),
}

HOUR_TEXTS = {"start_time": "2023-01-01 00:00:00", "end_time": "2023-01-02 00:00:00"}

CASES = {
    "shopex/bindurl": shopex("matrix.bindurl", code="code", callback_url="http://shopex.cn/callback"),
    # Every character on which the two encodings, or careless encoders, differ.
    "shopex/bindurl-hostile": shopex(
        "matrix.bindurl", code="门店 1~*(甲)'!+%20&=\u00e9", callback_url="http://shopex.cn/callback?a=1&b=x y#f"
    ),
    "shopex/unbind-vector-a": shopex("matrix.unbind", node_id="15000000"),
    "shopex/unbind-http": shopex("matrix.unbind", base="http://apigateway.shopex.cn", node_id="15000000"),
    "shopex/fill-single-orders": shopex(
        "matrix.fill.single", node_id="15000000", fill_type="order", tids="A1|A2"
    ),
    "shopex/fill-single-refund": shopex(
        "matrix.fill.single", node_id="15000000", fill_type="refund", refund_status="refund", service_ids="服1|服2|服3"
    ),
    "shopex/fill-multiple-vector-b": shopex(
        "matrix.fill.multiple",
        node_id="1665176836_1031190436",
        fill_type="refund",
        refund_status="aftersale",
        **HOUR_TEXTS,
    ),
    "shopex/fill-multiple-orders": shopex(
        "matrix.fill.multiple", node_id="15000000", fill_type="order", **HOUR_TEXTS
    ),
    "shopex/authstatus": shopex("matrix.authstatus", node_id="15000000"),
    # What a caller can change.
    "shopex/unbind-empty": shopex("matrix.unbind", node_id=""),
    "shopex/unbind-extra": shopex("matrix.unbind", node_id="15000000", note="a b*~|短", Zone="e"),
    "shopex/unbind-replaced": shopex("matrix.unbind", node_id="15000000", app_key="otherkey"),
    "shopex/unbind-renamed": shopex("matrix.unbind.v2", node_id="15000000"),
    "shopex/unbind-path": shopex("matrix.unbind", signed_path="/open/api router", node_id="15000000"),
    "shopex/unbind-without": shopex("matrix.unbind"),
    "shopex/fill-single-unknown": shopex("matrix.fill.single", node_id="15000000", fill_type="presale"),
    "shopex/fill-single-delimiter": shopex(
        "matrix.fill.single", node_id="15000000", fill_type="order", tids="A|1|A2"
    ),
    "mogujie/trade-get": mogujie(91341793022324),
    "mogujie/trade-get-zeros": mogujie(91341793022324, timestamp="1367819613"),
    "mogujie/trade-get-sample": mogujie(1111111111),
    # Capitals sort before small letters, and a caller's own empty text is not sent.
    "mogujie/trade-get-extra": mogujie(91341793022324, CpsChannelGroupParam='{"a":"短 b"}', userId="7"),
    "mogujie/trade-get-renamed": mogujie(91341793022324, method="xiaodian.order.detail"),
    "mogujie/trade-get-other-shop": mogujie(91341793022324, access_token="OTHERTOKEN"),
    "mogujie/trade-get-wrapper": mogujie(None, orderDetail='{"shopOrderId":91341793022324}'),
    "mogujie/token-grant": mogujie_token(
        grant_type="authorization_code",
        code="TESTCODE",
        redirect_uri="https://shop.example/mogujie/granted",
        state="shop 7",
    ),
    "mogujie/token-renewal": mogujie_token(grant_type="refresh_token", refresh_token="TESTREFRESHTOKEN"),
    "gome/order-vector": gome({"orderId": "1"}),
    "gome/order-sale": gome(SALE),
    "gome/order-return": gome(RETURN),
    "gome/order-nothing": gome(None),
    "gome/order-keyless": gome({"orderId": "1"}, without=["$app"]),
    "gome/order-renamed": gome({"orderId": "1"}, method="gome.order.synchronize"),
    "gome/order-extra": gome({"orderId": "1"}, **{"$session": "s 1", "Zone": "east"}),
}


def published():
    """The vectors of platforms.md, which anchor the functions above."""
    c_query = SHOPEX_PUBLIC | {"sign_method": "md5", "method": "matrix.fill.single"}
    c_form = {"node_id": "15000000", "fill_type": "order", "tids": "A1|A2"}
    assert shopex_sign(c_form, c_query) == "DB0463719F11FC0D8B49DE24838EBB0F"
    official = MOGUJIE_PUBLIC | {"itemId": "95i27", "method": "xiaodian.item.get", "timestamp": "1367819523"}
    assert wrapped(hashlib.md5, MOGUJIE_SECRET, official) == "34619030B487EC1B49B9EF564A877925"
    for case, sign in {
        "shopex/unbind-vector-a": "66DD494A3DEBB574561404CC73C3FF19",
        "shopex/fill-multiple-vector-b": "35352B1D1FEC84CB8274F6E0306484A9",
        "mogujie/trade-get": "4F94B4A4D40B2B13693F88E211E5CE19",
        "mogujie/trade-get-zeros": "00DC74FCE3F8706C136363FA943473F1",
        "gome/order-vector": "DF0A0206174CCB400876431D50E2B20A2BDFDFB0",
    }.items():
        assert CASES[case][1].endswith(f"sign={sign}"), case


def texts():
    forms = {case: request("POST", url, {"Content-Type": FORM_TYPE}, body) for case, (url, body) in CASES.items()}
    return forms | INVENTED


if __name__ == "__main__":
    published()
    check = sys.argv[1:] == ["--check"]
    for case, text in texts().items():
        path = HERE / f"{case}.http"
        if not check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text + "\n", encoding="utf-8")
        elif path.read_text(encoding="utf-8") != text + "\n":
            sys.exit(f"{path} is not what the rules give")
    left = {str(path.relative_to(HERE).with_suffix("")) for path in HERE.glob("*/*.http")} - texts().keys()
    if left:
        sys.exit(f"no case makes these: {sorted(left)}")
    print(f"{len(texts())} requests")
