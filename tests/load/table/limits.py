"""What no portal on this machine can be faster than: an nginx of its own with the portal's pages as files, compressed
beforehand or not; responders that only hand out bytes of the portal's answers; hashes and nothing else."""
import gzip
import json
import os
import pathlib
import subprocess

from . import processes
from .site import free_port, wait_for

NGINX = """
worker_processes auto;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log error;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    types {{ text/html html; }}
    charset utf-8;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    client_body_temp_path {folder}/body;
    fastcgi_temp_path {folder}/fastcgi;
    proxy_temp_path {folder}/proxy;
    scgi_temp_path {folder}/scgi;
    uwsgi_temp_path {folder}/uwsgi;
    server {{
        listen 127.0.0.1:{port} {listen} backlog=1024;
        {tls}
        location /file/ {{ alias {folder}/; gzip_static on; }}
        {bare}
    }}
}}
"""
BARE = "location /bare/{name} {{ include /etc/nginx/fastcgi_params; fastcgi_pass unix:{folder}/{name}.sock; }}"


class Limits:
    def __init__(self, programs, folder, tls, answers):
        """`answers`: name → bytes of an answer of the portal's. That of the form is served as a file, too."""
        self.folder, self.programs = pathlib.Path(folder, "limits"), pathlib.Path(programs)
        self.folder.mkdir()
        self.folder.chmod(0o755)
        self.started = []
        (self.folder / "form.html").write_bytes(answers["form"])
        (self.folder / "form.html.gz").write_bytes(gzip.compress(answers["form"], 9))
        for name, answer in answers.items():
            (self.folder / name).write_bytes(answer)
            self.start(self.programs / "bare_responder", self.folder / f"{name}.sock", self.folder / name)
            wait_for((self.folder / f"{name}.sock").exists, 10, f"bare_responder of {name}")
        self.url = self.start_nginx(tls, answers)

    def start(self, *words):
        self.started.append(subprocess.Popen(words))

    def start_nginx(self, tls, answers):
        port = free_port()
        configuration = self.folder / "nginx.conf"
        configuration.write_text(NGINX.format(
            folder=self.folder, port=port, listen="ssl http2" if tls else "",
            tls=f"ssl_certificate {tls.certificate}; ssl_certificate_key {tls.key};" if tls else "",
            bare="\n".join(BARE.format(name=name, folder=self.folder) for name in answers)))
        as_root = ["-g", "user root;"] if os.geteuid() == 0 else []  # root's would serve as nobody, who may not read this
        self.start("nginx", "-e", "stderr", "-c", configuration, *as_root)
        url = f"{'https' if tls else 'http'}://127.0.0.1:{port}"
        wait_for((self.folder / "nginx.pid").exists, 10, "nginx of the limits")
        return url

    def processes(self):
        return processes.family(*(process.pid for process in self.started))

    def hash(self, threads, seconds=1.0):
        """{"cpu_ms", "wall_ms", "per_s"} of warm hashes of the portal's cost, made by so many threads."""
        done = subprocess.run([self.programs / "hash_floor", str(threads), str(seconds)], check=True, capture_output=True)
        return json.loads(done.stdout)

    def stop(self):
        for process in self.started:
            process.terminate()
        for process in self.started:
            process.wait(20)
