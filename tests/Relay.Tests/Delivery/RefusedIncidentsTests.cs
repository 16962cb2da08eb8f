using Relay.Reports;
using Relay.Slack;
using Relay.Telemetry;

namespace Relay.Tests.Delivery;

/// <summary>What is refused because of what one incident says holds up no other, and is not lost.</summary>
public sealed class RefusedIncidentsTests
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    private readonly TestRelay _relay = new();

    public static TheoryData<SlackReply> Refusals =>
    [
        new SlackReply(500, "rollup_error"),
        new SlackReply(504, "<html>"),
        new SlackReply(403, "<html>"),
        new SlackReply(200, "<html>"),
        new SlackReply(200, """{"ok":false,"error":"something_new"}"""),
        new SlackReply(null, "network: ConnectionError"),
        new SlackReply(400, "invalid_attachments"),
        new SlackReply(null, "no reply within 10 seconds") { MayHaveArrived = true },
    ];

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task One_that_is_refused_holds_up_none(SlackReply refusal)
    {
        Refuse("two", refusal);
        await ReceiveAsync("one", "two", "three", "four");

        await _relay.RunForAsync(_minute * 1.5);

        Assert.Equal(["four", "one", "three"], Delivered());
        Assert.DoesNotContain(_relay.Log.Lines, line => line.Id == RelayEvents.RouteDead);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task With_a_bot_neither(SlackReply refusal)
    {
        _relay.Destinations.Cached = _relay.Destinations.Stored = FixedDestinations.Bot();
        Refuse("one", refusal.Body == "invalid_attachments" ? BotRoute.No("invalid_attachments") : refusal);
        await ReceiveAsync("one", "two", "three", "four");

        await _relay.RunForAsync(_minute * 1.5);

        Assert.Equal(["four", "three", "two"], Delivered());
    }

    [Fact]
    public async Task What_is_refused_alone_is_tried_after_growing_pauses_and_delivered_once_it_is_taken()
    {
        Refuse("two", new SlackReply(500, "rollup_error"));
        await ReceiveAsync("one", "two");
        await _relay.RunForAsync(TimeSpan.FromHours(2));
        Assert.InRange(_relay.Slack.Posts.Count, 6, 20);

        _relay.Slack.Refuses = _ => null;
        await _relay.RunForAsync(_minute * 20);

        Assert.Equal(["one", "two"], Delivered());
        Assert.DoesNotContain(_relay.Blobs.Names, name => name.StartsWith("parked/", StringComparison.Ordinal));
        _relay.AssertIdle();
    }

    [Fact]
    public async Task Only_what_is_refused_in_every_form_after_another_was_taken_is_parked()
    {
        Refuse("two", new SlackReply(400, "invalid_payload"));
        await ReceiveAsync("one", "two", "three");

        await _relay.RunForAsync(_minute * 10);

        Assert.Equal(["one", "three"], Delivered());
        var parked = Assert.Single(_relay.Blobs.Blobs, blob => blob.Name.StartsWith("parked/incidents/default/", StringComparison.Ordinal));
        Assert.Contains("No package matching", parked.Content, StringComparison.Ordinal);
        Assert.Contains("web-01", parked.Content, StringComparison.Ordinal);
        Assert.Single(_relay.Log.Lines, line => line.Id == RelayEvents.Parked);
        _relay.AssertIdle();
    }

    [Fact]
    public async Task Where_everything_is_refused_the_destination_is_at_fault_and_nothing_is_parked()
    {
        _relay.Slack.Refuses = _ => new SlackReply(400, "invalid_payload");
        await ReceiveAsync("one", "two", "three", "four", "five");
        await _relay.RunForAsync(_minute * 30);
        Assert.Contains(_relay.Log.Lines, line => line.Id == RelayEvents.RouteDead);

        _relay.Slack.Refuses = _ => null;
        await _relay.RunForAsync(_minute * 30);

        Assert.Equal(["five", "four", "one", "three", "two"], Delivered());
        Assert.DoesNotContain(_relay.Blobs.Names, name => name.StartsWith("parked/", StringComparison.Ordinal));
        _relay.AssertIdle();
    }

    [Fact]
    public async Task What_may_have_arrived_is_repeated_more_and_more_seldom_and_what_comes_later_is_not()
    {
        var late = new SlackReply(null, "no reply within 10 seconds") { MayHaveArrived = true };
        Refuse("one", late);
        await ReceiveAsync("one");
        await _relay.RunForAsync(TimeSpan.FromSeconds(20));
        await ReceiveAsync("two");

        await _relay.RunForAsync(TimeSpan.FromHours(5) - TimeSpan.FromSeconds(20));

        Assert.Equal(["two"], Delivered());
        Assert.InRange(_relay.Slack.Posts.Count(post => Says(post.Message, "one")), 6, 9);
    }

    [Fact]
    public async Task An_alarm_goes_by_time_and_is_repeated_while_nothing_is_taken()
    {
        _relay.Slack.Refuses = _ => new SlackReply(429, "", "1");
        await ReceiveAsync("one");
        await _relay.RunForAsync(_minute * 4);
        Assert.Empty(Alarms());

        await _relay.RunForAsync(_minute * 17);

        Assert.InRange(Alarms().Count(), 2, 4);
    }

    [Fact]
    public async Task Neither_does_a_long_wait_that_Slack_asks_for_keep_an_alarm_from_coming()
    {
        _relay.Slack.Refuses = _ => new SlackReply(429, "", "3600");
        await ReceiveAsync("one");

        await _relay.RunForAsync(_minute * 12);

        Assert.Single(_relay.Slack.Posts);
        Assert.InRange(Alarms().Count(), 1, 2);
    }

    private IEnumerable<string> Alarms() => _relay.Log.Lines.Where(line => line.Id == RelayEvents.RouteFailing).Select(line => line.Text);

    private Task ReceiveAsync(params string[] tasks) => _relay.ReceiveAsync([.. tasks.Select(task => A.Failure(task: task))]);

    private void Refuse(string task, SlackReply reply) => _relay.Slack.Refuses = message => Says(message, task) ? reply : null;

    private static bool Says(SlackMessage message, string task) =>
        message.Attachments.Any(attachment => attachment.Title.StartsWith($"{task} ", StringComparison.Ordinal))
        || message.Text?.Contains($"{task} failed", StringComparison.Ordinal) == true;

    private IEnumerable<string> Delivered() => _relay.Slack.Taken
        .SelectMany(message => message.Attachments.Select(attachment => attachment.Title).DefaultIfEmpty(message.Text?.Trim('`') ?? ""))
        .Select(title => title.Split(' ')[0])
        .Distinct()
        .Order(StringComparer.Ordinal);
}
