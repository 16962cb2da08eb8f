using Functions.Slack;
using Local.Tests.Slack;
using Relay.Slack;

namespace Functions.Tests.Slack;

public sealed class SlackNetConformanceTests
{
    public static TheoryData<string> Replies => [.. ConformanceReplies.Names];

    [Theory]
    [MemberData(nameof(Replies))]
    public Task What_comes_from_a_webhook_is_handed_on(string name) => PostAsync(TestDestinations.Webhook, ConformanceReplies.Of(name));

    [Theory]
    [MemberData(nameof(Replies))]
    public Task What_comes_from_the_Web_API_is_handed_on(string name) => PostAsync(TestDestinations.Bot, ConformanceReplies.Of(name));

    private static async Task PostAsync(Destination destination, ConformanceReply expected)
    {
        using var handler = new RecordingHandler(_ => Task.FromResult(expected.Send()));
        var client = new SlackNetClient(handler, TimeProvider.System);

        var reply = await client.PostAsync(destination, new SlackMessage { Text = "hello" }, TestContext.Current.CancellationToken);

        Assert.Equal(expected.Reply, reply);
        Assert.Single(handler.Requests);
    }
}
