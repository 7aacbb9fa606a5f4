"""Start an installed Klaver as a workbench, ask its first page, and end it: the wheel has all that the pages need."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import urllib.request

PORT = "8765"


def main(klaver: str) -> int:
    """Serve in an empty folder, follow the first link, and fetch the style sheet that the page names."""
    with tempfile.TemporaryDirectory() as folder:
        serving = subprocess.Popen(
            [klaver, "serve", "--port", PORT, "--lang", "en"],
            env={**os.environ, "KLAVER_DATA": folder},
            stderr=subprocess.PIPE,
            text=True,
        )
        assert serving.stderr is not None
        told = ""
        for line in serving.stderr:
            told += line
            found = re.search(r"http://\S+/start/\S+", line)
            if found:
                break
        else:
            print(told)
            return 1
        page = urllib.request.urlopen(found.group(), timeout=30).read().decode()
        style = re.search(r'href="(/static/[^"]+\.css)"', page)
        assert style, page
        sheet = urllib.request.urlopen(f"http://127.0.0.1:{PORT}{style.group(1)}", timeout=30).read()
        serving.send_signal(signal.SIGTERM)
        code = serving.wait(30)
        print(f"[ci] served: {len(page)} bytes of a page, {len(sheet)} of its style sheet, ended with {code}")
        return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
