"""People who press OK all at once, and others who use the portal meanwhile, each at the pace of a person."""
import asyncio
import collections
import http.client
import itertools
import random
import re
import ssl
import threading
import time
import urllib.parse
from dataclasses import dataclass

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PATIENCE = 90  # seconds for all of a crowd
PACE = 0.04  # seconds between two requests of a prober


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


# --- the others

def connection_to(url):
    parts = urllib.parse.urlsplit(url)
    if parts.scheme == "https":
        return http.client.HTTPSConnection(parts.netloc, timeout=60, context=ssl._create_unverified_context())
    return http.client.HTTPConnection(parts.netloc, timeout=60)


def probe_one(url, method, path, body, seconds, times):
    """Asks every PACE seconds; adds the milliseconds of each answer."""
    connection = connection_to(url)
    due = time.monotonic() + random.random() * PACE
    end = due + seconds
    while due < end:
        time.sleep(max(0, due - time.monotonic()))
        began = time.monotonic()
        connection.request(method, path, body(), FORM if method == "POST" else {})
        answer = connection.getresponse()
        answer.read()
        if answer.status >= 400:
            raise SystemExit(f"{method} {path}: {answer.status}")
        times.append((time.monotonic() - began) * 1e3)
        due = max(due + PACE, time.monotonic() - 5 * PACE)


def probe(url, requests, seconds):
    """name → milliseconds, 99 of 100 were faster. `requests`: name → (method, path, function that makes a body)."""
    times = {name: [] for name in requests}
    threads = [threading.Thread(target=probe_one, args=(url, *request, seconds, times[name])) for name, request in requests.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {name: percentile(all_of_it, 0.99) for name, all_of_it in times.items()}


# --- the crowd

@dataclass
class Crowd:
    waits: list  # seconds until each answer, whatever it said
    told_to_return: int = 0  # answers 503
    without_button: int = 0  # … which had no OK of their own
    returns: list = None  # how often each person had to come again
    lost: collections.Counter = None  # what people saw instead of 申請完了画面
    seconds: float = 0  # until the last had


class Presser:
    def __init__(self, url, crowd):
        parts = urllib.parse.urlsplit(url)
        self.host, self.port = parts.hostname, parts.port
        self.tls = ssl._create_unverified_context() if parts.scheme == "https" else None
        self.crowd = crowd

    async def ask(self, path, cookie, body):
        reader, writer = await asyncio.open_connection(self.host, self.port, ssl=self.tls)
        writer.write((f"POST {path} HTTP/1.1\r\nHost: {self.host}\r\nConnection: close\r\nCookie: {cookie}\r\n"
                      f"Content-Type: {FORM['Content-Type']}\r\nContent-Length: {len(body)}\r\n\r\n{body}").encode())
        answer = (await reader.read()).decode()
        writer.close()
        return answer

    async def press(self, cookie):
        """Presses OK until it works, and comes again when the answer says so. How often that was, or what went wrong."""
        path, body = "/register/complete", ""
        for again in itertools.count():
            began = time.monotonic()
            answer = await self.ask(path, cookie, body)
            self.crowd.waits.append(time.monotonic() - began)
            if answer.startswith("HTTP/1.1 303") and "signup=" in answer:
                return again
            if not answer.startswith("HTTP/1.1 503"):
                return answer.partition("\r\n")[0] or "no answer"
            self.crowd.told_to_return += 1
            if button := re.search(r'<form method="post" action="(/register/complete[^"]*)">(.*)<button>OK', answer):
                path = button[1]
                body = urllib.parse.urlencode(re.findall(r'name="([^"]*)" value="([^"]*)"', button[2]))
            else:
                self.crowd.without_button += 1
            seconds = int(re.search(r"^Retry-After: (\d+)", answer, re.MULTILINE | re.IGNORECASE)[1])
            await asyncio.sleep(seconds + random.random())


async def press_all(url, cookies):
    crowd = Crowd(waits=[])
    presser, began = Presser(url, crowd), time.monotonic()
    done = await asyncio.gather(*(asyncio.wait_for(presser.press(cookie), PATIENCE) for cookie in cookies), return_exceptions=True)
    crowd.seconds = time.monotonic() - began
    crowd.returns = [again for again in done if isinstance(again, int)]
    crowd.lost = collections.Counter(again if isinstance(again, str) else repr(again) for again in done if not isinstance(again, int))
    return crowd


def press_ok(url, cookies):
    """All of them at once, each with a draft's cookie of its own."""
    return asyncio.run(press_all(url, cookies))
