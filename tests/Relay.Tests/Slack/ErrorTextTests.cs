using System.Text.Json;
using Relay.Incidents;
using Relay.Reports;
using Relay.Slack;

namespace Relay.Tests.Slack;

public sealed class ErrorTextTests
{
    [Fact]
    public void The_message_comes_first_and_the_rest_after_it()
    {
        var seen = Notifications.Failed with
        {
            Message = "Could not build it",
            ReturnCode = 2,
            Stderr = "bash: nope: command not found",
            Stdout = "trying\nnope",
            Items = [new FailedItem("nginx", "No package"), new FailedItem("@npm/redis", null)],
        };

        Assert.Equal(
            """
            ```Could not build it
            rc: 2
            item nginx: No package
            item @npm/redis
            stderr:
            bash: nope: command not found
            stdout:
            trying
            nope```
            """,
            TextOf(seen));
    }

    [Theory]
    [InlineData("E: nope\n  not found", "E: nope not found", null, "```E: nope\n  not found```")]
    [InlineData("E: nope not found", "E: nope", "not found", "```E: nope not found```")]
    [InlineData("E: nope", "first\nE: nope", "first\nE: nope", "```E: nope\nstderr:\nfirst\nE: nope```")]
    [InlineData("E: nope", " ", "\u001b[0m", "```E: nope```")]
    [InlineData(null, "E: nope", null, "```E: nope```")]
    public void Output_is_shown_only_where_it_says_more(string? message, string? stderr, string? stdout, string expected) =>
        Assert.Equal(expected, TextOf(Notifications.Failed with { Message = message, Stderr = stderr, Stdout = stdout }));

    [Fact]
    public void A_message_that_does_not_say_what_failed_gives_way_to_the_output()
    {
        var seen = Notifications.Failed with { Message = "non-zero return code", ReturnCode = 2, Stderr = "bash: nope: command not found", Stdout = null };

        Assert.Equal("```bash: nope: command not found\nrc: 2```", TextOf(seen));
        Assert.Equal("bash: nope: command not found", ErrorText.FirstLine(seen, 100));
    }

    [Fact]
    public void A_message_that_does_not_say_what_failed_is_better_than_none()
    {
        var seen = Notifications.Failed with { Message = "non-zero return code", ReturnCode = 2, Stderr = null, Stdout = null };

        Assert.Equal("```non-zero return code\nrc: 2```", TextOf(seen));
    }

    [Fact]
    public void A_loop_is_explained_by_its_items()
    {
        var seen = Notifications.Failed with { Message = "One or more items failed", Items = [new("nginx", "No package")], Stderr = null, Stdout = null };

        Assert.Equal("```item nginx: No package```", TextOf(seen));
        Assert.Equal("item nginx: No package", ErrorText.FirstLine(seen, 100));
    }

    [Fact]
    public void A_traceback_says_at_its_end_what_is_wrong() =>
        Assert.Equal(
            "KeyError: 'x'",
            ErrorText.FirstLine(Notifications.Failed with { Message = null, Stderr = "Traceback (most recent call last):\n  File \"m.py\"\nKeyError: 'x'\n" }, 100));

    [Fact]
    public void An_items_message_is_not_said_twice_and_items_are_bounded()
    {
        var items = Enumerable.Range(1, 12).Select(number => new FailedItem($"p{number}", "No package"));
        var seen = Notifications.Failed with { Message = "No package", Items = [.. items] };

        Assert.Equal("```No package\nitem p1\nitem p2\nitem p3\nitem p4\nitem p5\n+ 7 more items```", TextOf(seen));
    }

    [Fact]
    public void Details_are_shown_when_there_is_nothing_else()
    {
        var details = JsonSerializer.SerializeToElement(new { status = 503 });

        Assert.Equal("""```{"status":503}```""", TextOf(Notifications.Failed with { Message = null, Details = details }));
        Assert.Equal("```why```", TextOf(Notifications.Failed with { Message = "why", Details = details }));
    }

    [Fact]
    public void Without_any_text_there_is_no_fence() =>
        Assert.Null(TextOf(Notifications.Failed with { Message = null, Details = JsonSerializer.SerializeToElement(new { }) }));

    [Fact]
    public void A_long_error_keeps_its_start_and_its_end()
    {
        var text = TextOf(Notifications.Failed with { Message = "start\n" + string.Join('\n', Enumerable.Range(1, 500)) + "\nthe end" });

        Assert.StartsWith("```start\n1\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\n500\nthe end```", text, StringComparison.Ordinal);
        Assert.Contains(" lines left out …\n", text, StringComparison.Ordinal);
        Assert.InRange(text!.Length, 600, 820); // Not null: it starts with a fence.
    }

    [Theory]
    [InlineData(NotificationKind.Update)]
    [InlineData(NotificationKind.Remind)]
    public void Later_messages_only_call_the_error_to_mind(NotificationKind kind)
    {
        var seen = Notifications.Failed with { Message = new string('m', 900), Stderr = "more" };

        var text = TextOf(seen, kind);

        Assert.StartsWith("```mmm", text, StringComparison.Ordinal);
        Assert.DoesNotContain("more", text, StringComparison.Ordinal);
        Assert.InRange(text!.Length, 200, 306); // Not null: it starts with a fence.
    }

    [Fact]
    public void A_resolution_has_no_error() => Assert.Null(TextOf(Notifications.Failed, NotificationKind.Resolve));

    private static string? TextOf(Event seen, NotificationKind kind = NotificationKind.Announce) => ErrorText.Of(Notifications.Of(kind, seen, Notifications.Failing(1)), 2_000);
}
