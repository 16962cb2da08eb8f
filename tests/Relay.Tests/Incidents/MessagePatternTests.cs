using Relay.Incidents;

namespace Relay.Tests.Incidents;

public sealed class MessagePatternTests
{
    [Theory]
    [InlineData("No package matching 'nginx' is available", "No package matching 'nginx' is available")]
    [InlineData("Task failed: Action failed: boom", "boom")]
    [InlineData("The command exited with a non-zero return code.", "non-zero return code")]
    [InlineData("Task failed: The command exited with a non-zero return code.", "non-zero return code")]
    [InlineData("cannot reach web-01 from ctl", "cannot reach <host> from ctl")]
    [InlineData("cannot reach WEB-01.example.com", "cannot reach <host>.example.com")]
    [InlineData("cobweb-012 is another word", "cobweb-<n> is another word")]
    [InlineData("connect to host 10.1.2.3 port 22", "connect to host <address> port <n>")]
    [InlineData("connect to 10.1.2.3:8080", "connect to <address>")]
    [InlineData("no route to 2001:db8::8a2e:370:7334", "no route to <address>")]
    [InlineData("no route to fe80::1:2:3:4", "no route to <address>")]
    [InlineData("no route to 2001:db8::1a", "no route to <address>")]
    [InlineData("from 00:11:22:aa:bb:cc", "from <address>")]
    [InlineData("std::string failed: not found", "std::string failed: not found")]
    [InlineData("unable to resolve host alpha", "unable to resolve host <host>")]
    [InlineData("job 6f1d0b8e-5a3c-4c8e-9d2f-0123456789ab failed", "job <uuid> failed")]
    [InlineData("commit 4f0c2ab9 not found", "commit <hex> not found")]
    [InlineData("at 0x7ffd1234 in main", "at <hex> in main")]
    [InlineData("lock held by pid 4711 for 3.5 s", "lock held by pid <n> for <n> s")]
    [InlineData("since 2026-11-22T10:00:00.123Z", "since <time>")]
    [InlineData("since 2026-11-22 10:00:00,5", "since <time>")]
    [InlineData("at 10:00:00", "at <time>")]
    [InlineData("cannot write '/tmp/ansible_x7_k/f.txt'", "cannot write '<tmp>'")]
    [InlineData("sh: /home/u/.ansible/tmp/ansible-tmp-1795341604.1-99/source: denied", "sh: <tmp>: denied")]
    [InlineData("  two\n\n lines  ", "two lines")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void What_differs_from_host_to_host_is_a_placeholder(string? message, string pattern) =>
        Assert.Equal(pattern, MessagePattern.Of(message, ["web-01", null, "x", "alpha.example.com"]));

    [Theory]
    [InlineData("non-zero return code", true)]
    [InlineData("Task failed: The command exited with a non-zero return code.", true)]
    [InlineData("One or more items failed", true)]
    [InlineData(" ", true)]
    [InlineData(null, true)]
    [InlineData("No package matching 'nginx' is available", false)]
    public void Some_messages_do_not_say_what_failed(string? message, bool generic) =>
        Assert.Equal(generic, MessagePattern.IsGeneric(message));

    [Fact]
    public void Only_the_first_200_characters_count() =>
        Assert.Equal(200, MessagePattern.Of(new string('x', 10_000), []).Length);

    [Fact]
    public void The_pattern_of_a_pattern_is_itself()
    {
        var pattern = MessagePattern.Of("web-01: 10.1.2.3 at 2026-11-22T10:00:00Z in /tmp/x1", ["web-01"]);

        Assert.Equal(pattern, MessagePattern.Of(pattern, ["web-01"]));
    }
}
