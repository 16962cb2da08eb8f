"""A real browser, which looks at a page once and is gone, and a bystander that hears of every address that the page makes it ask for."""

from __future__ import annotations

import html.parser
import http.server
import os
import shutil
import subprocess
import threading

NAMES = ('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome')
BROWSER = os.environ.get('BROWSER_PROGRAM') or next(filter(None, map(shutil.which, NAMES)), None)


class Bystander:
    """A web server that is also the browser's way to everywhere but the loopback interface."""

    def __init__(self, page=''):
        self.asked = []
        bystander = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                bystander.asked.append(self.path)
                self.send_response(200)
                self.send_header('Content-Type', 'text/html; charset=utf-8')
                self.end_headers()
                self.wfile.write(page.encode() if self.path == '/' else b'')

            do_POST = do_HEAD = do_OPTIONS = do_CONNECT = do_GET

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.address = f'127.0.0.1:{self._server.server_port}'
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()


def look_at(url, bystander, folder):
    """The page as it is when nothing is on its way any more and all that it wanted to do later is done."""
    result = subprocess.run(
        [
            BROWSER, '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking',
            '--disable-component-update', '--disable-sync', '--disable-extensions', f'--user-data-dir={folder}', f'--proxy-server=http://{bystander.address}',
            '--virtual-time-budget=5000', '--dump-dom', url,
        ],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120, text=True, errors='replace',
    )
    assert result.returncode == 0, result.stderr
    return Page(result.stdout)


class Page(html.parser.HTMLParser):
    """The elements of a page with their attributes, its title, and what a reader sees."""

    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.elements, self.title, self.text = [], '', ''
        self._inside = None
        self.feed(source)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        self._inside = tag

    def handle_data(self, data):
        if self._inside == 'title':
            self.title += data
        else:
            self.text += data

    def handle_endtag(self, _):
        self._inside = None

    def all_of(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]
