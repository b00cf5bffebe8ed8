#!/usr/bin/env python3
"""Calls a mock gateway by the platforms' rules and the standard library alone: call_mock.py PLATFORM URL [wrong]"""
import hashlib, sys, time, urllib.error, urllib.parse, urllib.request
platform, url, wrong = sys.argv[1], sys.argv[2], sys.argv[3:] == ["wrong"]
secret, now, sign, hashed = "test-secret-0123456789abcdef", str(int(time.time())), "sign", hashlib.md5
if platform == "shopex":
    url, pairs = url + "/router", {"app_key": "10011", "method": "matrix.unbind", "node_id": "15 (短)~*", "sign_time": now}
elif platform == "mogujie":
    pairs = {"app_key": "10011", "access_token": "test-access_token-0123456789abcdef", "timestamp": now, "format": "json",
             "method": "xiaodian.trade.get", "openApiOrderDetailReqDto": '{"shopOrderId":91341793022324}'}
else:
    sign, hashed, pairs = "$sign", hashlib.sha1, {"$method": "gome.pusher.order.synchronize", "$v": "1.0.0",
             "$token": "test-token-0123456789abcdef", "request": '{"orderId":"1","deliveryList":[{"subOrderId":"短 2"}]}'}
text = secret + "".join(name + pairs[name] for name in sorted(pairs)) + secret
if platform == "shopex":
    block = urllib.parse.quote("&".join(f"{name}={pairs[name]}" for name in sorted(pairs)), safe="")
    text = "&".join([secret, "POST", "%2Frouter", "", "", block, secret])
digest = hashed(text.encode()).hexdigest().upper()
pairs[sign] = digest[:-1] + ("0" if digest[-1] != "0" else "1") if wrong else digest
try: print(urllib.request.urlopen(url, urllib.parse.urlencode(pairs).encode()).read().decode())
except urllib.error.HTTPError as error: print(error.read().decode())
