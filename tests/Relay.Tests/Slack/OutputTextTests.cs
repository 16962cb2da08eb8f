using System.Text.Json;
using Relay.Reports;
using Relay.Slack;

namespace Relay.Tests.Slack;

public sealed class OutputTextTests
{
    [Theory]
    [InlineData("E: nope", "E: nope", null, null)]
    [InlineData("E: nope", "first\nE: nope.", "first\nE: nope", "```first```")]
    [InlineData("E: nope", " ", "\u001b[0m", null)]
    [InlineData("No such file", "fatal: No such file", "job: it ended with exit code 4", null)]
    [InlineData("E: nope", "on standard error", "on standard output", "```on standard error\non standard output```")]
    public void Nothing_is_said_twice_and_standard_error_comes_first(string message, string? stderr, string? stdout, string? expected) =>
        Assert.Equal(expected, TextOf(Notifications.Failed with { Message = message, Stderr = stderr, Stdout = stdout }));

    [Fact]
    public void Of_several_hosts_it_says_whose_output_it_is() =>
        Assert.Equal("```web-01:\nmore```", TextOf(Notifications.Failed with { Stderr = "more" }, hosts: 2));

    [Fact]
    public void The_line_that_raised_an_exception_comes_before_its_frames()
    {
        const string Traceback = "Traceback (most recent call last):\n  File \"sync.py\", line 58, in <module>\n    run(load())\n"
            + "  File \"sync.py\", line 41, in run\n    sky = config['sky']\n  File \"/usr/lib/python3/site-packages/x.py\", line 1, in get\n    return y\nKeyError: 'sky'";

        var text = TextOf(Notifications.Failed with { Cause = "KeyError: 'sky'", CauseKey = "00000000000000aa", Message = null, Stderr = Traceback });

        Assert.StartsWith("```File \"sync.py\", line 41, in run → sky = config['sky']\nTraceback", text, StringComparison.Ordinal);
        Assert.DoesNotContain("KeyError", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Details_are_shown_when_there_is_nothing_else()
    {
        var details = JsonSerializer.SerializeToElement(new { status = 503 });

        Assert.Equal("""```{"status":503}```""", TextOf(Notifications.Failed with { Message = null, Details = details }, said: []));
        Assert.Null(TextOf(Notifications.Failed with { Details = details }));
    }

    [Fact]
    public void A_long_output_keeps_its_start_and_its_end()
    {
        var text = TextOf(Notifications.Failed with { Stderr = "start\n" + string.Join('\n', Enumerable.Range(1, 500)) + "\nthe end" });

        Assert.StartsWith("```start\n1\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\n500\nthe end```", text, StringComparison.Ordinal);
        Assert.Contains(" lines left out …\n", text, StringComparison.Ordinal);
        Assert.InRange(text!.Length, 600, 820); // Not null: it starts with a fence.
    }

    private static string? TextOf(Event seen, int hosts = 1, string[]? said = null)
    {
        var notification = Notifications.Announce(seen, hosts);
        var incidentHosts = new IncidentHosts(notification);
        return OutputText.Of(notification, incidentHosts, said ?? [.. new CauseLines(notification, incidentHosts).Lines()], 1_800);
    }
}
