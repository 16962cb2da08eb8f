using Relay.Messages;
using Relay.Reports;
using Relay.Storage;

namespace Local.Tests.Storage;

public sealed class AzureMessageQueueTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_comes_out_as_it_went_in_and_never_expires()
    {
        var queue = await azurite.CreateQueueAsync();
        var flush = new FlushMessage("default", DateTimeOffset.UtcNow);

        await new AzureMessageQueue(queue).SendAsync(flush.ToJson(), TimeSpan.Zero, Cancellation);

        var received = (await queue.ReceiveMessageAsync(cancellationToken: Cancellation)).Value;
        Assert.Equal(flush, RelayMessage.Parse(received.Body.ToString()));
        Assert.Equal(DateTimeOffset.MaxValue.Year, received.ExpiresOn?.Year);
    }

    [Fact]
    public async Task A_delayed_message_is_not_to_be_seen_yet()
    {
        var queue = await azurite.CreateQueueAsync();

        await new AzureMessageQueue(queue).SendAsync(new FlushMessage("default", DateTimeOffset.UtcNow).ToJson(), TimeSpan.FromMinutes(5), Cancellation);

        Assert.Null((await queue.ReceiveMessageAsync(cancellationToken: Cancellation)).Value);
        Assert.Equal(1, (await queue.GetPropertiesAsync(Cancellation)).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task The_largest_message_that_is_packed_is_taken()
    {
        var queue = await azurite.CreateQueueAsync();
        var run = new Run { Id = "1", Source = "ctl" };
        var one = new Event { Id = "1", Kind = EventKind.Failed, At = DateTimeOffset.UnixEpoch, Host = "web-01", Stdout = new string('x', 1_000_000) };

        var message = Assert.Single(ReportPacker.Pack(new Report(null, run, [one]), DateTimeOffset.UnixEpoch));

        await new AzureMessageQueue(queue).SendAsync(message.ToJson(), TimeSpan.Zero, Cancellation);
    }

    [Fact]
    public async Task A_queue_that_is_not_there_is_storage_that_does_not_answer()
    {
        var queue = await azurite.CreateQueueAsync();
        await queue.DeleteAsync(Cancellation);

        await Assert.ThrowsAsync<StorageUnavailableException>(
            () => new AzureMessageQueue(queue).SendAsync(new FlushMessage("default", DateTimeOffset.UtcNow).ToJson(), TimeSpan.Zero, Cancellation));
    }
}
