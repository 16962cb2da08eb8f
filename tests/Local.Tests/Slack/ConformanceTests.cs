using Local.Slack;
using Relay.Slack;
using Xunit;

namespace Local.Tests.Slack;

public sealed class ConformanceTests
{
    public static TheoryData<string> Replies => [.. ConformanceReplies.Names];

    [Theory]
    [MemberData(nameof(Replies))]
    public async Task The_client_over_HTTP_hands_on_what_came(string name)
    {
        var expected = ConformanceReplies.Of(name);
        using var handler = new RecordingHandler(_ => Task.FromResult(expected.Send()));
        using var http = new HttpClient(handler);
        var client = new HttpSlackClient(http, HttpSlackClient.SlackApi, TimeProvider.System);

        var reply = await client.PostAsync(Webhook, new SlackMessage { Text = "hello" }, TestContext.Current.CancellationToken);

        Assert.Equal(expected.Reply, reply);
    }

    [Theory]
    [MemberData(nameof(Replies))]
    public void What_came_means_one_thing(string name)
    {
        var expected = ConformanceReplies.Of(name);

        var outcome = ReplyMeaning.Of(expected.Reply, ConformanceReplies.Now) switch
        {
            Outcome.Told told => $"Told {told.Ts}".TrimEnd(),
            Outcome.Later later => $"Later {later.RetryAfter.TotalSeconds}",
            Outcome.Again again => $"Again {again.Reason}",
            Outcome.Malformed malformed => $"Malformed {malformed.Error}",
            Outcome.Gone gone => $"Gone {gone.Error}",
            var other => $"{other}",
        };

        Assert.Equal(expected.Meaning, outcome);
    }

    private static Destination Webhook =>
        Destination.TryParse("http://127.0.0.1:7071/services/" + "T000/B000/none", null, AllowedHosts.SlackAndLoopback, out var destination, out var problem)
            ? destination
            : throw new InvalidOperationException(problem);
}
