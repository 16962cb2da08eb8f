namespace Relay.Tests;

public sealed class RecordEventsTests
{
    [Fact]
    public async Task A_thousand_failures_of_one_host_are_one_write_for_each_message()
    {
        var relay = new TestRelay();
        var writes = Writes(relay);
        await relay.ReceiveAsync([.. Enumerable.Range(0, 1_000).Select(_ => A.Failure())]);

        var messages = relay.Queue.Messages.Count;

        await relay.RunForAsync(TimeSpan.Zero);

        Assert.InRange(messages, 2, 20);
        Assert.InRange(writes.Count(name => name.Contains("/hosts/", StringComparison.Ordinal)), messages, 2 * messages);
        Assert.Single(writes, name => name.StartsWith("outbox/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Events_of_one_message_count_in_their_order()
    {
        var relay = new TestRelay();
        var (first, second) = (A.Failure(), A.Failure());
        await relay.ReceiveAsync(first, A.Recovery(first), second with { Stderr = "it is back" });

        await relay.RunForAsync(TimeSpan.FromMinutes(1));

        // The episode that goes on began with the second one, which explains it.
        var attachment = Assert.Single(Assert.Single(relay.Slack.Taken).Attachments);
        Assert.Equal("Install nginx failed on web-01", attachment.Title);
        Assert.Contains("it is back", attachment.Text, StringComparison.Ordinal);
    }

    private static List<string> Writes(TestRelay relay)
    {
        var writes = new List<string>();
        relay.Blobs.BeforeCall = (call, name) =>
        {
            if (call == "write")
            {
                writes.Add(name);
            }

            return Task.CompletedTask;
        };
        return writes;
    }
}
