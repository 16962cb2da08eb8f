using Local.Queue;
using Local.Tests.Storage;
using Relay;
using Relay.Routes;
using Relay.Storage;

namespace Local.Tests.Queue;

/// <summary>The listener to the queue of reports alone.</summary>
public sealed class QueueListenerTests(AzuriteFixture azurite)
{
    private static readonly FlushMessage _flush = new("default", DateTimeOffset.UnixEpoch);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_that_was_handled_is_gone()
    {
        await using var relay = await QueuedRelay.CreateAsync(azurite);
        await relay.Get<IMessageQueue>().SendAsync(_flush, TimeSpan.Zero, Cancellation);

        await ListenUntilAsync(relay, count => count.Reports == 0);

        Assert.Equal(0, (await relay.CountAsync()).Poison);
    }

    [Fact]
    public async Task A_message_that_fails_as_often_as_it_may_goes_to_the_poison_queue()
    {
        await using var relay = await QueuedRelay.CreateAsync(azurite);
        await relay.Queues.Reports.SendMessageAsync("{\"type\":\"rubbish\"}", Cancellation);

        await ListenUntilAsync(relay, count => count.Poison == 1);

        Assert.Equal("{\"type\":\"rubbish\"}", (await relay.Queues.Poison.PeekMessageAsync(Cancellation)).Value.Body.ToString());
        Assert.Equal(0, (await relay.CountAsync()).Reports);
    }

    [Fact]
    public async Task A_message_in_another_encoding_goes_there_at_once_and_holds_up_none()
    {
        await using var relay = await QueuedRelay.CreateAsync(azurite);
        await relay.SendPlainAsync(relay.Queues.Reports, "not base64!");
        await relay.Get<IMessageQueue>().SendAsync(_flush, TimeSpan.Zero, Cancellation);

        await ListenUntilAsync(relay, count => count.Reports == 0);

        Assert.Equal("not base64!", (await relay.Queues.Poison.PeekMessageAsync(Cancellation)).Value.Body.ToString());
    }

    [Fact]
    public void The_settings_are_those_that_the_Functions_host_reads()
    {
        var settings = QueueSettings.Read();

        Assert.Equal((5, TimeSpan.FromSeconds(15), "base64"), (settings.MaxDequeueCount, settings.VisibilityTimeout, settings.MessageEncoding));
    }

    private static Task ListenUntilAsync(QueuedRelay relay, Func<(int Reports, int Poison), bool> isReached) =>
        relay.WorkUntilAsync(relay.Queues.ForReports(relay.Get<HandleMessage>()), isReached);
}
