"""Two failures have one cause where only what changes by itself differs; what names something does not change by itself."""

from __future__ import annotations

import pytest

from Callback.cause_pattern import cause_key

HOSTS = ('web-1.example.com', 'web-2.example.com')

@pytest.mark.parametrize('one, other', [
    ('E: Could not get lock /var/lib/dpkg/lock. It is held by process 811 (apt)',
     'E: Could not get lock /var/lib/dpkg/lock. It is held by process 92311 (unattended-upgr)'),
    ('Job for nginx.service failed on web-1',
     'Job for nginx.service failed on web-2'),
    ('pod shop-api-7d9f8b6c5d-x2k4q is not ready',
     'pod shop-api-58c7f9d4b6-zq8rt is not ready'),
    ('lookup db.example.com on 10.0.0.2:53: no such host',
     'lookup db.example.com on 10.9.8.7:53: no such host'),
    ('read tcp 10.0.0.4:53412->10.0.0.9:5432: connection reset by peer',
     'read tcp 10.0.0.4:61002->10.0.0.9:5432: connection reset by peer'),
    ('failed at Mon, 02 Mar 2026 10:00:00 GMT',
     'failed at Thu, 05 Mar 2026 23:59:59 GMT'),
    ('backup of Monday is missing',
     'backup of Tuesday is missing'),
    ('/root/.ansible/tmp/ansible-tmp-1795183937.69-34966-9052/source:41: unknown directive',
     '/home/x/.ansible/tmp/ansible-tmp-1795183999.12-11-22/source:41: unknown directive'),
    ('cannot write /tmp/tmp.Ab12Cd34/x',
     'cannot write /tmp/tmp.Zz98Yy76/x'),
    ('request id: 1A2B3C4D5E6F7A8B denied',
     'request id: 9F8E7D6C5B4A3928 denied'),
    ('need 512 MB, have 12 MB',
     'need 512 MB, have 900 MB'),
    ('app.py:12: TypeError',
     'app.py:99: TypeError'),
    ('main.c:12:5: error: x',
     'main.c:112:18: error: x'),
    ('timed out after 30.2s',
     'timed out after 31.9s'),
    ('container a63d9bd290d74214e16f1118dc6ce208f9a0d2ae8141dc8f8cec7dd9213ad77e is gone',
     'container b63d9bd290d74214e16f1118dc6ce208f9a0d2ae8141dc8f8cec7dd9213ad77f is gone'),
    ('link fe80::1ff:fe23:4567:890a is down',
     'link fe80::2ff:aa23:4567:1 is down'),
    ('mac 52:54:00:12:34:56 unknown',
     'mac 52:54:00:ab:cd:ef unknown'),
    ('ssh: connect to host 10.0.0.4 port 22: Operation timed out',
     'ssh: connect to host 10.0.0.5 port 22: Connection timed out'),
    ('src/x.c:212:18: error: ‘struct conn’ has no member',
     "src/x.c:212:18: error: 'struct conn' has no member"),
    ('trace d11f9c739e268fc6faea805588f8f8ac failed',
     'trace 0a1f9c739e268fc6faea805588f8f8ac failed'),
    ('commit 2ade3e0 not found',
     'commit 14a2aa6 not found'),
    ('error at 2026-03-01T10:00:00.123Z in x',
     'error at 2026-11-21T23:10:00.999Z in x'),
    ('Mar  1 10:00:00 broken',
     'Nov 21 01:59:00 broken'),
    ('job j844149590472.606090 lost',
     'job j111149590472.12 lost'),
    ('runner-tbdts holds the lock',
     'runner-x7k2p holds the lock'),
    ('pid 811',
     'pid 7'),
    ('process [4121] died',
     'process [99] died'),
])
def test_one_cause(one, other):
    assert cause_key(one, HOSTS) == cause_key(other, HOSTS)


@pytest.mark.parametrize('one, other', [
    ('HTTP Error 404: Not Found', 'HTTP Error 403: Not Found'),
    ('exit status 1', 'exit status 127'),
    ("No package matching 'postgresql-17' is available", "No package matching 'postgresql-16' is available"),
    ('connect to port 22 refused', 'connect to port 443 refused'),
    ('[Errno 13] failed', '[Errno 2] failed'),
    ('db.example.com:5432 refused', 'db.example.com:3306 refused'),
    ('Status code was 503 and not [200]', 'Status code was 502 and not [200]'),
    ('ended with code 1 and printed nothing', 'ended with code 4 and printed nothing'),
    ('requires php8.3', 'requires php8.1'),
    ('sda1 is full', 'sdb1 is full'),
    ("KeyError: 'sky'", "KeyError: 'sea'"),
    ('error CS0103: x', 'error CS0246: x'),
    ('ERROR 1045 (28000): denied', 'ERROR 2002 (HY000): denied'),
    ('python3.11 not found', 'python3.12 not found'),
    ('flask-corp==9.1', 'flask-corp==9.2'),
    ('returned error: 403', 'returned error: 500'),
    ('rc=1', 'rc=2'),
    ('node20 not found', 'node18 not found'),
    ('ORA-00942: x', 'ORA-01017: x'),
    ('shop-api is down', 'shop-web is down'),
])
def test_two_causes(one, other):
    assert cause_key(one, HOSTS) != cause_key(other, HOSTS)


def test_a_key_is_sixteen_hexadecimal_digits():
    assert len(cause_key('')) == 16
    assert set(cause_key('\ud800')) <= set('0123456789abcdef')
