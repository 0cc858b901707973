"""output_test.py PROGRAMS: standard output that nobody reads, that is full, or that is closed. Whoever has seen enough hears nothing
more; whoever lacks a part of what he asked for is told so; the work is done all the same."""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = pathlib.Path(sys.argv.pop(1)).resolve()

# What prints something in a portal that has nothing but the sample roster.
PRINTING = ["--help", "mail --help", "--version", "settings", "manual portalctl", "manual portal.conf", "completion", "mail list", "mail list --json", "mail status",
            "audit list", "audit list --json", "roster list", "roster list --json", "roster show 契0123456-7-8", "roster export",
            "roster editions", "timeline 契0123456-7-8", "registration list", "registration list --json", "report --json",
            "account show 契0123456-7-8", "check --stopped", "purge", "purge --json"]
# Of those, what may print nothing, or refuse, so early.
SILENT = {"timeline 契0123456-7-8", "mail list", "mail list --json", "registration list", "registration list --json", "account show 契0123456-7-8",
          "audit list", "audit list --json"}
READER_GONE = 141
FULL = "the disk is full, so nothing can be stored: make room (`df -h` and `df -i` show which file system it is)"


class Output(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="a portal ")  # the space is on purpose
        folder = pathlib.Path(cls.folder.name)
        cls.settings = folder / "portal.conf"
        cls.settings.write_text("\n".join([
            "site.base_url = http://127.0.0.1:1", "database.connector = SQLite", f"database.connection = {folder}/portal.db",
            "mail.transport = maildir", f"mail.maildir = {folder}/mail", "mail.from = a@example.jp",
            f"templates.directory = {ROOT}/templates", f"password.blocklist = {ROOT}/conf/password-blocklist.txt", ""]))
        for verb in (["migrate", "--directory", str(ROOT / "sql")], ["roster", "import", str(ROOT / "sql/sample_roster.csv")]):
            cls.command("portalctl", *verb, check=True)
        cls.commands = list(cls.printing())

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def command(cls, program, *arguments, **options):
        with_settings = ["--config", str(cls.settings)] if program == "portalctl" else []
        return subprocess.run([PROGRAMS / program, *with_settings, *arguments], text=True, stderr=subprocess.PIPE,
                              stdout=options.pop("stdout", subprocess.PIPE), timeout=120, **options)

    @classmethod
    def printing(cls):
        for verb in PRINTING:
            whole = cls.command("portalctl", *verb.split())
            assert whole.stdout or verb in SILENT, f"{verb} prints nothing: {whole.stderr}"
            if whole.stdout and whole.returncode == 0:
                yield ["portalctl", *verb.split()]
        for program in ("portal-form", "portal-mailer", "portal-error-pages"):
            for option in ("--help", "--version", "--manual"):
                yield [program, option]

    def test_the_reader_has_gone(self):
        for command in self.commands:
            with self.subTest(command):
                read_end, write_end = os.pipe()
                os.close(read_end)
                ran = self.command(*command, stdout=write_end)
                os.close(write_end)
                self.assertEqual((ran.returncode, ran.stderr), (READER_GONE, ""))

    def test_the_disk_is_full(self):
        for command in self.commands:
            with self.subTest(command), open("/dev/full", "w") as full:
                ran = self.command(*command, stdout=full)
                self.assertEqual(ran.returncode, 1)
                self.assertEqual(ran.stderr, f"{command[0]}: standard output cannot be written: No space left on device; {FULL}\n")

    def test_it_is_closed(self):
        for command in self.commands:
            with self.subTest(command):
                ran = self.command(*command, stdout=None, preexec_fn=lambda: os.close(1))
                self.assertEqual(ran.returncode, 1)
                self.assertEqual(ran.stderr, f"{command[0]}: standard output cannot be written: Bad file descriptor\n")

    def test_the_work_is_done(self):
        read_end, write_end = os.pipe()
        os.close(read_end)
        ran = self.command("portalctl", "backup", f"{self.folder.name}/copy.db", stdout=write_end)
        os.close(write_end)
        self.assertIn(ran.returncode, (0, READER_GONE), ran.stderr)
        self.assertTrue(pathlib.Path(self.folder.name, "copy.db").exists())
        wrong = self.command("portalctl", "mail", "show", "nothing", stdout=subprocess.DEVNULL)
        self.assertEqual(wrong.returncode, 1)
        self.assertIn("no such mail", wrong.stderr)


if __name__ == "__main__":
    unittest.main()
