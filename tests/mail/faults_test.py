#!/usr/bin/env python3
"""faults_test.py PROGRAMS: what portal-mailer makes of a mail server that misbehaves, by what is in
the database and in the log afterwards. Nothing waits for a retry: the queue's times are turned back."""
import pathlib
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
import unittest

from fault_server import DRIP, HANG_UP, FaultServer
from office import ENVIRONMENT, Office, wait_for

programs = sys.argv.pop(1)
SIGN = pathlib.Path(__file__).resolve().parents[1] / "support/sign_certificate.sh"
PLAIN = "AUTH PLAIN AHBvcnRhbABwYXNzIHdvcmQ="  # \0portal\0pass word


def first(wanted, reply):
    """The fault: the first of these commands is answered by that."""
    return lambda word, argument, count: reply if (word, count) == (wanted, 1) else None


class Case(unittest.TestCase):
    def office(self, fault=lambda *_: None, settings=(), **server):
        """A server with that fault, and an office that mails to it."""
        self.server = self.enterContext(FaultServer(fault, **server))
        return self.enterContext(Office(programs, self.server.port, **dict(settings)))


class Faults(Case):
    def test_slow_banner(self):
        def late(word, argument, count):
            if word == "GREETING":
                time.sleep(2)

        office = self.office(late)
        office.queue(2)
        self.assertEqual(office.once()[0], 0)
        self.assertEqual(office.states(), {"sent": 2})
        self.assertEqual(self.server.counts["GREETING"], 1)

    def test_421_in_mid_batch(self):
        office = self.office(lambda word, argument, count:
                             "421 4.3.2 going down" if (word, count) == ("MAIL", 4) else None)
        office.queue(8)
        self.assertEqual(office.once()[0], 0)
        self.assertEqual(office.states(), {"sent": 7, "queued": 1})
        self.assertEqual(office.row("row3"), ("queued", 1, 30))
        self.assertEqual(self.server.counts["GREETING"], 2)
        office.pass_time(30)
        office.once()
        self.assertEqual(office.states(), {"sent": 8})
        self.assertEqual(len(set(self.server.message_ids())), len(self.server.mails))

    def test_451_once(self):
        office = self.office(first("RCPT", "451 4.7.1 greylisted"))
        office.queue(2)
        self.assertEqual(office.once()[0], 0)
        self.assertEqual(office.row("row0"), ("queued", 1, 30))
        self.assertEqual(office.row("row1")[:2], ("sent", 1))
        office.wait_longer(3600)
        office.once()
        self.assertEqual(office.outcomes(), ["try_later"])
        office.pass_time(3600 + 30)
        office.once()
        self.assertEqual(office.outcomes(), ["try_later", "delivered"])
        self.assertEqual(len(self.server.mails), 2)

    def test_550(self):
        office = self.office(first("RCPT", "550 5.1.1 no such user"))
        office.queue(3)
        status, log = office.once()
        self.assertEqual(status, 0)
        self.assertEqual(office.row("row0")[:2], ("failed", 1))
        self.assertEqual(office.states(), {"failed": 1, "sent": 2})
        self.assertIn("outcome=refused", log)
        self.assertNotIn("t0@test.example", log)

    def test_mailbox_full_is_tried_again_for_hours(self):
        for reply in ("552 5.2.2 over quota", "552 mailbox full", "550 5.2.2 no room",
                      "452 4.2.2 the inbox is out of storage space"):
            with self.subTest(reply), FaultServer(first("RCPT", reply)) as server:
                with Office(programs, server.port) as office:
                    office.queue(2)
                    self.assertEqual(office.once()[0], 0)
                    self.assertEqual(office.row("row0"), ("queued", 1, 30))
                    self.assertEqual(office.fault(), "mailbox_full")
                    self.assertEqual(office.row("row1")[0], "sent")
                    office.pass_time(30)
                    office.once()
                    self.assertEqual(office.states(), {"sent": 2})
                    self.assertEqual(office.fault(), "")

    def test_a_doubtful_refusal_delays_only_that_mail(self):
        for word, reply in (("RCPT", "550 no"), ("MESSAGE", "554 Transaction failed"),
                            ("MESSAGE", "550 5.7.1 looks like spam"), ("DATA", "554 5.5.1 none")):
            with self.subTest(reply), FaultServer(first(word, reply)) as server:
                with Office(programs, server.port) as office:
                    office.queue(3)
                    self.assertEqual(office.once()[0], 0)
                    self.assertEqual(office.states(), {"queued": 1, "sent": 2})
                    self.assertEqual(office.row("row0"), ("queued", 1, 30))
                    self.assertEqual(office.outcomes(), ["doubtful"])
                    self.assertIsNone(office.paused())

    def test_drop_after_data_before_the_reply(self):
        office = self.office(first("MESSAGE", HANG_UP))
        office.queue(2)
        office.once()
        self.assertEqual(office.row("row0"), ("queued", 1, 30))
        self.assertEqual(office.row("row1")[0], "sent")
        office.pass_time(30)
        office.once()
        self.assertEqual(office.outcomes(), ["try_later", "delivered"])
        twice = "<row0@portal.test>"  # the server had taken it over: the same name tells
        self.assertEqual(sorted(self.server.message_ids()), [twice, twice, "<row1@portal.test>"])

    def test_down_for_the_first_two_minutes(self):
        with FaultServer() as gone:
            port = gone.port
        office = self.enterContext(Office(programs, port))
        office.queue(3)
        for attempt, wait in enumerate((30, 60, 120), 1):  # at 0 s, 30 s and 90 s
            self.assertEqual(office.once()[0], 0)
            self.assertEqual(office.states(), {"queued": 3})
            self.assertEqual(office.row("row2"), ("queued", attempt, wait))
            office.pass_time(wait)
        server = self.enterContext(FaultServer(port=port))
        self.assertEqual(office.once()[0], 0)
        self.assertEqual(office.states(), {"sent": 3})
        self.assertEqual(len(server.mails), 3)

    def test_without_8bitmime_all_is_ascii(self):
        office = self.office(features=("SIZE 10240000",))
        office.queue()
        self.assertEqual(office.once()[0], 0)
        content = self.server.mails[0][3]
        self.assertTrue(content.isascii())
        alone = content.replace(b"\r\n", b"")
        self.assertFalse(b"\r" in alone or b"\n" in alone)
        self.assertTrue(all(len(line) <= 76 for line in content.split(b"\r\n")))
        self.assertNotIn("BODY=", " ".join(self.server.commands))

    def test_a_new_row_leaves_within_one_second(self):
        office = self.office()
        mailer = office.start()
        self.addCleanup(mailer.wait)
        self.addCleanup(mailer.terminate)
        wait_for(lambda: "started" in office.log.read_text())
        waited = []
        for number in range(1, 8):
            asked = time.monotonic()
            office.queue()
            wait_for(lambda: len(self.server.mails) == number)
            waited.append(time.monotonic() - asked)
        print("a new row left after", ", ".join(f"{seconds:.2f}" for seconds in waited), "s")
        self.assertLess(statistics.median(waited), 1)


class Refused(Case):
    """The relay refuses us, and not the recipient: all wait, one probe a minute, nothing is given
    up. Or it refuses one mail alone."""

    def refusing(self, word, reply):
        """An office whose server gives this reply to this word, while self.refused says so of the
        recipient."""
        self.refused = lambda recipient: True
        last = {}

        def fault(command, argument, count):
            if command == "RCPT":
                last["to"] = argument.partition("<")[2].partition("@")[0]
            return reply if command == word and self.refused(last.get("to")) else None
        return self.office(fault)

    def test_ours_at_each_stage(self):
        for word, reply in (
                ("GREETING", "554 5.7.1 no service for you"), ("MAIL", "550 5.7.1 not your address"),
                ("RCPT", "554 5.7.1 Relay access denied"),
                ("RCPT", "530 5.7.0 Authentication required"),
                ("DATA", "550 5.7.60 SMTP; Client does not have permissions to send as this sender"),
                ("MESSAGE", "554 Message rejected: Email address is not verified. The following "
                            "identities failed the check in region AP-NORTHEAST-1: n@portal.test"),
                ("MESSAGE", "550 5.4.5 Daily user sending limit exceeded"),
                ("MESSAGE", "454 Throttling failure: Daily message quota exceeded."),
                ("MESSAGE", "554 5.2.252 SendAsDenied; not allowed to send as"),
                ("MESSAGE", "550 5.7.60 SMTP; Client does not have permissions to send as this "
                            "sender")):
            with self.subTest(word=word, reply=reply):
                office = self.refusing(word, reply)
                office.queue(3)
                status, log = office.once()
                self.assertEqual(status, 1)
                self.assertEqual(office.states(), {"queued": 3})
                self.assertEqual(office.row("row0"), ("queued", 1, 90))
                self.assertEqual((office.outcomes(), office.fault()), (["blocked"], "ours"))
                self.assertEqual(office.outcomes("row1") + office.outcomes("row2"), [])
                self.assertIn(" error mail_paused reason=", log)
                length, reason = office.paused()
                self.assertEqual(length, 60)
                self.assertIn(reply[:30], reason)
                # Another process, within the pause: nothing is sent.
                office.wait_longer(3600)
                commands = len(self.server.commands)
                self.assertEqual(office.once()[0], 1)
                self.assertEqual(len(self.server.commands), commands)
                # A minute later: one probe, and the pause goes on.
                office.pass_time(3600 + 60)
                self.assertEqual(office.once()[0], 1)
                self.assertEqual(office.states(), {"queued": 3})
                self.assertEqual(office.outcomes("row1"), ["blocked"])
                self.assertEqual(office.outcomes("row2"), [])
                # The relay takes us again: the probe opens the queue.
                self.refused = lambda recipient: False
                office.pass_time(60)
                status, log = office.once()
                self.assertIn(" mail_resumed", log)
                self.assertIsNone(office.paused())
                office.pass_time(90)
                self.assertEqual(office.once()[0], 0)
                self.assertEqual(office.states(), {"sent": 3})

    def test_three_in_a_row_pause_and_a_probe_opens(self):
        for reply in ("554 5.7.1 no", "550 5.1.1 no such user"):
            with self.subTest(reply):
                office = self.refusing("MESSAGE", reply)
                office.queue(6)
                self.assertEqual(office.once()[0], 1)
                self.assertEqual(office.states(), {"queued": 6})
                self.assertEqual(self.server.counts["MESSAGE"], 3)
                self.assertIn("3 mails in a row were refused", office.paused()[1])
                self.refused = lambda recipient: False
                office.pass_time(60)
                self.assertEqual(office.once()[0], 0)
                self.assertEqual(office.states(), {"sent": 6})

    def test_a_probe_that_is_unknown_itself_opens(self):
        office = self.refusing("MAIL", "550 5.7.1 not now")
        office.queue(3)
        office.once()
        self.refused = lambda recipient: False
        self.server.fault = lambda word, argument, count: (
            "550 5.1.1 no such user" if word == "RCPT" and "<t1@" in argument else None)
        office.pass_time(60)
        self.assertEqual(office.once()[0], 0)
        self.assertEqual(office.states(), {"failed": 1, "sent": 1, "queued": 1})
        self.assertEqual(office.fault("row1"), "unknown_user")
        self.assertIsNone(office.paused())

    def test_a_poison_mail_does_not_stop_the_others(self):
        office = self.refusing("MESSAGE", "554 Message rejected: Email address is not verified.")
        self.refused = lambda recipient: recipient == "t0"
        office.queue(1)
        pauses = 0
        for number in range(1, 16):
            office.queue(1)
            pauses += office.once()[0]
            office.pass_time(60)
        office.once()
        self.assertEqual(pauses, 2)
        self.assertIsNone(office.paused())
        self.assertEqual(office.states(), {"queued": 1, "sent": 15})
        self.assertEqual(office.row("row0")[0], "queued")
        self.assertEqual(office.outcomes()[-1], "doubtful")

    def test_a_server_that_knows_only_helo(self):
        for reply in ("500 5.5.1 what?", "502 5.5.1 not implemented", "504 5.5.4 no"):
            with self.subTest(reply):
                office = self.office(lambda word, argument, count: {
                    "EHLO": reply, "HELO": "250 mail.test"}.get(word))
                office.queue(2)
                self.assertEqual(office.once()[0], 0)
                self.assertEqual(office.states(), {"sent": 2})
                self.assertNotIn("BODY=", " ".join(self.server.commands))


class Blocked(Case):
    """The server may not have our mails: all wait, nothing was tried but one, and it is shouted."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.path = folder.name
        run = lambda command: subprocess.run(command, shell=True, check=True, cwd=cls.path,
                                             capture_output=True)
        key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
        run(f"openssl req -x509 {key} -days 2 -subj /CN=authority -keyout ca.key -out ca.crt")
        for name, host, times in (("good", "localhost", ""), ("wrong", "elsewhere.test", ""),
                                  ("expired", "localhost", "'-3 days' '-1 day'")):
            run(f"'{SIGN}' ca DNS:{host} {name} {times}")
        run("echo 'pass word' >password")

    def tls(self, name):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(f"{self.path}/{name}.crt", f"{self.path}/{name}.key")
        return context

    def secured(self, login=False):
        settings = {"mail__smtp__host": "localhost", "mail__smtp__security": "starttls",
                    "mail__smtp__ca_file": f"{self.path}/ca.crt"}
        if login:
            settings |= {"mail__smtp__username": "portal",
                         "mail__smtp__password_file": f"{self.path}/password"}
        return settings

    def expect_blocked(self, office, reason):
        office.queue(3)
        status, log = office.once()
        self.assertEqual(status, 1)
        self.assertEqual(office.row("row0"), ("queued", 1, 90))
        self.assertEqual(office.outcomes("row1") + office.outcomes("row2"), [])
        self.assertEqual(office.sql("SELECT COUNT(*) FROM outbox WHERE leased_until > 0"), [(0,)])
        self.assertIn(" error mail id=row0 ", log)
        self.assertIn(reason, log)
        self.assertNotIn("MAIL", self.server.counts)
        self.assertNotIn(PLAIN, self.server.commands)

    def test_certificate_of_the_wrong_name(self):
        self.expect_blocked(self.office(tls=self.tls("wrong"), settings=self.secured(login=True)),
                            "TLS to localhost")

    def test_expired_certificate(self):
        self.expect_blocked(self.office(tls=self.tls("expired"), settings=self.secured(login=True)),
                            "certificate has expired")

    def test_no_starttls(self):
        self.expect_blocked(self.office(features=("PIPELINING", "AUTH PLAIN"),
                                        settings=self.secured(login=True)),
                            "does not offer STARTTLS")

    # 0.0.0.0 leads here as well, but nobody can tell that by the name.
    ELSEWHERE = {"mail__smtp__host": "0.0.0.0"}

    def test_without_a_word_nothing_goes_to_another_machine_in_the_clear(self):
        office = self.office(features=("PIPELINING",), settings=self.ELSEWHERE)
        self.expect_blocked(office, "does not offer STARTTLS")
        check = subprocess.run([office.programs / "portalctl", "--config", office.conf, "check", "--stopped"],
                               env=ENVIRONMENT, capture_output=True, text=True)
        self.assertRegex(check.stdout, r"(?m)^FAULT +mail: 0\.0\.0\.0:\d+: .*does not offer STARTTLS, and without TLS "
                                       r"no mail goes to another machine: .*mail\.smtp\.security = none")
        office.pass_time(100)
        office.set(mail__smtp__security="none")
        status, _ = office.once()
        self.assertEqual((status, len(self.server.mails)), (0, 3))

    def test_without_a_word_tls_is_begun_and_the_certificate_counts(self):
        office = self.office(tls=self.tls("good"), features=("STARTTLS",),
                             settings=self.ELSEWHERE | {"mail__smtp__ca_file": f"{self.path}/ca.crt"})
        self.expect_blocked(office, "TLS to 0.0.0.0")
        self.assertIn("STARTTLS", self.server.counts)

    def test_wrong_password_and_then_the_right_one(self):
        office = self.office(first("AUTH", "535 5.7.8 wrong"),
                             tls=self.tls("good"), features=("STARTTLS", "AUTH PLAIN LOGIN"),
                             settings=self.secured(login=True))
        office.queue(3)
        status, log = office.once()
        self.assertEqual((status, self.server.mails), (1, []))
        self.assertIn("535 5.7.8 wrong", log)
        self.assertEqual(self.server.commands[-1], PLAIN)
        office.wait_longer(3600)
        self.assertEqual(office.once()[0], 1)  # it is everybody's
        self.assertEqual(self.server.mails, [])
        office.pass_time(3600 + 60)
        self.assertEqual(office.once()[0], 0)
        self.assertEqual(self.server.recipients(), ["t1@test.example", "t2@test.example"])
        office.pass_time(30)
        office.once()
        self.assertEqual(office.states(), {"sent": 3})

    def test_helo_is_not_enough_for_tls_or_a_password(self):
        only_helo = lambda word, argument, count: {"EHLO": "502 5.5.1 no",
                                                   "HELO": "250 STARTTLS"}.get(word)
        self.expect_blocked(self.office(only_helo, tls=self.tls("good"), settings=self.secured()),
                            "does not offer STARTTLS, because it knows only HELO")

    def test_a_handshake_that_drips_ends_at_the_time_limit(self):
        office = self.office(tls=DRIP, settings=self.secured())
        office.queue(1)
        asked = time.monotonic()
        self.assertEqual(office.once()[0], 0)
        self.assertLess(time.monotonic() - asked, 55)  # 30 s for a command; the drip lasts 8 min
        self.assertEqual(office.row("row0"), ("queued", 1, 30))
        self.assertEqual((office.outcomes(), office.fault()), (["try_later"], "ours"))
        self.assertIn("TLS handshake: too slow", office.log.read_text())

    def test_the_right_certificate(self):
        office = self.office(tls=self.tls("good"), settings=self.secured())
        office.queue(3)
        self.assertEqual(office.once()[0], 0)
        self.assertEqual(office.states(), {"sent": 3})


if __name__ == "__main__":
    unittest.main()
