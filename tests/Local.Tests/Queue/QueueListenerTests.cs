using Azure.Storage.Queues;
using Local.Queue;
using Local.Tests.Storage;
using Relay;
using Relay.Messages;
using Relay.Storage;
using Relay.Tests;

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
        await relay.Get<IMessageQueue>().SendAsync(_flush.ToJson(), TimeSpan.Zero, Cancellation);

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
        await relay.Get<IMessageQueue>().SendAsync(_flush.ToJson(), TimeSpan.Zero, Cancellation);

        await ListenUntilAsync(relay, count => count.Reports == 0);

        Assert.Equal("not base64!", (await relay.Queues.Poison.PeekMessageAsync(Cancellation)).Value.Body.ToString());
    }

    [Fact]
    public async Task A_message_that_is_gone_when_it_is_to_be_deleted_was_handled_all_the_same()
    {
        await using var relay = await QueuedRelay.CreateAsync(azurite);

        var log = await HandleOnceAsync(relay, relay.Queues.Reports, () => relay.Queues.Reports.ClearMessagesAsync(Cancellation));

        Assert.Empty(log.Lines);
        Assert.Equal((0, 0), await relay.CountAsync());
    }

    [Fact]
    public async Task A_message_that_cannot_be_deleted_was_handled_and_comes_again()
    {
        await using var relay = await QueuedRelay.CreateAsync(azurite);

        var log = await HandleOnceAsync(relay, new UndeletableQueue(azurite.ConnectionString, relay.Queues.Reports.Name), () => Task.CompletedTask);

        Assert.Equal(["Storage does not answer. Reason: The server is busy."], log.Lines.Select(line => line.Text));
        Assert.Equal((1, 0), await relay.CountAsync());
    }

    [Fact]
    public async Task A_message_that_is_gone_when_it_is_to_be_deleted_was_moved_all_the_same()
    {
        await using var relay = await QueuedRelay.CreateAsync(azurite);

        var log = await HandleOnceAsync(relay, relay.Queues.Reports, async () =>
        {
            await relay.Queues.Reports.ClearMessagesAsync(Cancellation);
            throw new InvalidDataException("rubbish");
        });

        Assert.Collection(
            log.Lines,
            line => Assert.StartsWith("Message failed. Attempt: 1", line.Text, StringComparison.Ordinal),
            line => Assert.Equal($"Message moved to the poison queue. Attempts: 1, Queue: {relay.Queues.Poison.Name}", line.Text));
        Assert.Equal((0, 1), await relay.CountAsync());
    }

    [Fact]
    public void The_settings_are_those_that_the_Functions_host_reads()
    {
        var settings = QueueSettings.Read();

        Assert.Equal((5, TimeSpan.FromSeconds(15), "base64"), (settings.MaxDequeueCount, settings.VisibilityTimeout, settings.MessageEncoding));
    }

    /// <summary>Handles one message, which goes to the poison queue as soon as it fails.</summary>
    private static async Task<RecordingLog> HandleOnceAsync(QueuedRelay relay, QueueClient queue, Func<Task> handle)
    {
        var log = new RecordingLog();
        var isHandled = false;
        var work = new QueueWork(queue, relay.Queues.Poison, (_, _) =>
        {
            isHandled = true;
            return handle();
        });
        await relay.Queues.Reports.SendMessageAsync("{}", Cancellation);

        await relay.WorkUntilAsync(work, QueuedRelay.Impatient with { MaxDequeueCount = 1 }, log.For<QueueListener>(), _ => isHandled);

        return log;
    }

    private static Task ListenUntilAsync(QueuedRelay relay, Func<(int Reports, int Poison), bool> isReached) =>
        relay.WorkUntilAsync(relay.Queues.ForReports(relay.Get<HandleMessage>()), isReached);
}
