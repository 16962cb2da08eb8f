"""The emulator's page, in a real browser, under messages that mean ill: they stay text, wherever they stand."""

from __future__ import annotations

import contextlib
import json
import re
import urllib.parse
import urllib.request

import pytest

from browser import BROWSER, Bystander, look_at

# Nothing answers under this name; the browser would ask the bystander for it.
ELSEWHERE = 'elsewhere.example'
HACKED = 'taken over'
TITLE = f"document.title='{HACKED}'"

HOSTILE = [
    f'<script>{TITLE}</script>',
    f'<script src="http://{ELSEWHERE}/script.js"></script>',
    f'<img src="http://{ELSEWHERE}/image.png" onload="{TITLE}" onerror="{TITLE}">',
    f'<svg onload="{TITLE}"><image href="http://{ELSEWHERE}/svg.png"/></svg>',
    f'<iframe src="http://{ELSEWHERE}/frame" srcdoc="&lt;script&gt;parent.{TITLE}&lt;/script&gt;"></iframe>',
    f'<style>@import url(http://{ELSEWHERE}/style.css); body {{ background: url(http://{ELSEWHERE}/background.png) }}</style>',
    f'<link rel="stylesheet" href="http://{ELSEWHERE}/link.css"><link rel="prefetch" href="http://{ELSEWHERE}/prefetch">',
    f'<meta http-equiv="refresh" content="0; url=http://{ELSEWHERE}/refresh"><base href="http://{ELSEWHERE}/">',
    f'<object data="http://{ELSEWHERE}/object"></object><embed src="http://{ELSEWHERE}/embed">',
    f'<form action="http://{ELSEWHERE}/form"><input autofocus onfocus="{TITLE}"></form>',
    f'<a href="javascript:{TITLE}" ping="http://{ELSEWHERE}/ping">x</a>',
    f'<video autoplay src="http://{ELSEWHERE}/video" onerror="{TITLE}"></video><details open ontoggle="{TITLE}">x</details>',
    f'</title><script>{TITLE}</script>', f'</textarea></template></article><script>{TITLE}</script>', f'<!--><script>{TITLE}</script>-->',
    f']]><script>{TITLE}</script>', f'"><img src=x onerror="{TITLE}">', f"'onmouseover='{TITLE}", f'\u2028{TITLE}\u2029', f'${{{TITLE}}}',
    '{{constructor.constructor("x")()}}', f'&lt;img src=x onerror="{TITLE}"&gt;', f'&amp;lt;script&amp;gt;{TITLE}', f'\\u003cscript\\u003e{TITLE}',
    f'\u202e<script>{TITLE}</script>\u2066', f'＜script＞{TITLE}', '\U0001f600<b>',
    # What Slack itself would take for markup.
    f'<javascript:{TITLE}|click>', f'<data:text/html,<script>{TITLE}</script>|click>', f'<JaVaScRiPt&colon;{TITLE}|x>', '<vbscript:x|y>',
    f'<\tjavascript:{TITLE}|x>', f'<http://{ELSEWHERE}/a"onmouseover="{TITLE}|x>', f'<http://{ELSEWHERE}/link|<img src=x onerror={TITLE}>>',
    '<!channel>', f'<!date^0^{{date}}|<script>{TITLE}</script>>', '<@U0|<b>>',
]
PARTS = [
    'pretext', 'author_name', 'author_icon', 'title', 'title_link', 'text', 'fallback', 'image_url', 'thumb_url', 'footer', 'footer_icon', 'ts',
]
SCHEMES = ['javascript:', 'JAVASCRIPT:', ' javascript:', 'java\nscript:', 'data:text/html,', 'blob:', 'file:///', '//x/']
BAR = re.compile(r'--bar: (#[0-9a-f]{6}|var\(--line\));', re.IGNORECASE)
MADE_BY_HTML = {'img', 'image', 'iframe', 'object', 'embed', 'video', 'form', 'input', 'base', 'style', 'details'}
COLORS = ['red', f'red;background:url(http://{ELSEWHERE}/color.png)', f'#fff" onload="{TITLE}', 'var(--x);}', 'constructor', '__proto__', 7]


@pytest.fixture(scope='module')
def browse(tmp_path_factory):
    if not BROWSER:
        missing = 'no Chromium or Chrome was found; install one, or name its program in BROWSER_PROGRAM'
        pytest.skip(missing)

    def browse(url, bystander):
        return look_at(url, bystander, tmp_path_factory.mktemp('browser'))

    return browse


@pytest.fixture
def bystander():
    with contextlib.closing(Bystander()) as one:
        yield one


def post(slack_url, hook, payload):
    """Straight to the emulator, past all that the relay does for a text; every hook has a pace of its own."""
    path = '/'.join(urllib.parse.quote(part, safe='') for part in ('slack', 'services', 'T0', hook, 'none'))
    request = urllib.request.Request(f'{slack_url}/{path}', json.dumps(payload).encode(), {'Content-Type': 'application/json'})
    with urllib.request.urlopen(request, timeout=20) as response:
        assert response.status == 200


def payload():
    """Every hostile text in every place where a text can stand, and in some where none can."""
    fields = [{'title': text, 'value': text, 'short': text} for text in HOSTILE]
    whole = [
        {
            **dict.fromkeys(PARTS, text), 'color': COLORS[number % len(COLORS)], 'mrkdwn_in': ['pretext', 'text', 'fields'],
            'actions': [{'type': 'button', 'url': text}],
        }
        for number, text in enumerate(HOSTILE)
    ]
    links = [{'title': 'link', 'title_link': f'{scheme}{TITLE}'} for scheme in SCHEMES]
    return {
        'text': '\n'.join(HOSTILE), 'username': HOSTILE[0], 'icon_url': f'http://{ELSEWHERE}/icon.png', 'parse': 'full',
        'attachments': [*whole, *links, {'fields': fields}],
    }


def blocks():
    texts = [{'type': kind, 'text': text, 'verbatim': text} for text in HOSTILE for kind in ('mrkdwn', 'plain_text')]
    return {
        'text': 'x',
        'blocks': [
            *({'type': kind, 'text': text} for kind in ('section', 'header') for text in texts), *({'type': text} for text in HOSTILE),
            {'type': 'section', 'fields': texts}, {'type': 'context', 'elements': texts},
            {'type': 'image', 'image_url': f'http://{ELSEWHERE}/block.png', 'alt_text': HOSTILE[0]},
        ],
    }


def asked_elsewhere(bystander):
    return [path for path in bystander.asked if ELSEWHERE in path]


@pytest.mark.parametrize('hook, make', [(f'"><img src=x onerror="{TITLE}">', payload), ('blocks', blocks)])
def test_a_hostile_message_stays_text(relay, slack, browse, bystander, hook, make):
    if not relay.process:
        pytest.skip('posts to the emulator of the relay that it starts')
    post(relay.url, hook, make())

    page = browse(f'{relay.url}/?still#{urllib.parse.quote("T0/" + hook, safe="")}', bystander)

    assert page.title.removeprefix('(1) ') == f'#{hook} · Ansible Slack Relay'
    assert asked_elsewhere(bystander) == []
    assert f'<script>{TITLE}</script>' in page.text, 'the message is not on the page'
    assert {tag for tag, _ in page.elements} & MADE_BY_HTML == set()
    assert page.all_of('script') == [{'type': 'module', 'src': '/inbox/inbox.js'}]
    assert [one['href'] for one in page.all_of('link')] == ['/inbox/inbox.css']
    assert [one for one in page.all_of('meta') if 'http-equiv' in one] == []
    assert [one['href'] for one in page.all_of('a') if not re.match('https?://', one['href'])] == []
    assert [one for _, attributes in page.elements for one in attributes if one.startswith('on') or one in ('srcdoc', 'ping')] == []
    assert [one['style'] for _, one in page.elements if not BAR.fullmatch(one.get('style', '--bar: #000000;'))] == []


def test_the_same_texts_take_over_a_page_that_is_not_inert(browse):
    """Without this, nobody knows whether the browser runs scripts at all, and whether what it asks for is heard of."""
    with contextlib.closing(Bystander(f'<!doctype html><title>Inbox</title>{"".join(HOSTILE[:3])}')) as naive:
        page = browse(f'http://{naive.address}/', naive)

        assert page.title == HACKED
        assert len(asked_elsewhere(naive)) >= 2
