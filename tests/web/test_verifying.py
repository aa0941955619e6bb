"""verify.html as the server gives it: the page that lies in the folders, under a policy of its own."""

import base64
import hashlib
import re

from app.papers.record.verifier import verify_page


def test_everybody_may_have_the_page_that_lies_in_the_folders(sitting):
    answer = sitting.served.page("/trust/verify.html")
    assert (answer.status_code, answer.text) == (200, verify_page())
    assert answer.headers["content-type"].startswith("text/html")


def test_its_policy_lets_its_own_script_run_and_lets_it_send_nothing_anywhere(sitting):
    policy = sitting.served.page("/trust/verify.html").headers["content-security-policy"]
    (script,) = re.findall(r"<script>(.*)</script>", verify_page(), re.DOTALL)
    (style,) = re.findall(r"<style>(.*)</style>", verify_page(), re.DOTALL)
    for text in (script, style):
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "connect-src" not in policy
    assert "unsafe" not in policy
    assert policy.replace("'", "&#39;") in verify_page()
