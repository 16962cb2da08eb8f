using Local.Queue;
using Local.Tests.Storage;
using Relay.Storage;

namespace Local.Tests.Queue;

/// <summary>Both listeners, as the local relay registers them.</summary>
public sealed class PoisonQueueTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_that_fails_as_often_as_it_may_is_parked_and_told()
    {
        await using var relay = await QueuedRelay.CreateAsync(azurite);
        await relay.Queues.Reports.SendMessageAsync("{\"type\":\"rubbish\"}", Cancellation);

        await relay.StartAsync();
        var message = await relay.Slack.Posted;
        await relay.WaitUntilAsync(count => count.Poison == 0);
        await relay.StopAsync();

        Assert.Equal("The relay parked a message that it could not handle", Assert.Single(message.Attachments).Title);
        Assert.Equal("{\"type\":\"rubbish\"}", await ReadParkedAsync(relay));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_in_another_encoding_is_parked_from_either_queue(bool isPoison)
    {
        await using var relay = await QueuedRelay.CreateAsync(azurite);
        await relay.SendPlainAsync(isPoison ? relay.Queues.Poison : relay.Queues.Reports, "not base64!");

        await relay.StartAsync();
        await relay.Slack.Posted;
        await relay.StopAsync();

        Assert.Equal("not base64!", await ReadParkedAsync(relay));
    }

    [Fact]
    public async Task What_cannot_be_parked_stays_until_it_can_however_often_that_fails()
    {
        var failures = 2 * QueuedRelay.Impatient.MaxDequeueCount;
        var tries = 0;
        await using var relay = await QueuedRelay.CreateAsync(azurite);
        await relay.Queues.Poison.SendMessageAsync("rubbish", Cancellation);

        await relay.WorkUntilAsync(new QueueWork(relay.Queues.Poison, null, (_, _) => ParkAsync()), count => count.Poison == 0);

        Assert.Equal(failures + 1, tries);

        Task ParkAsync() => ++tries <= failures
            ? throw new StorageUnavailableException("answer", new IOException("Connection refused"))
            : Task.CompletedTask;
    }

    private static async Task<string?> ReadParkedAsync(QueuedRelay relay)
    {
        var state = relay.Get<IBlobStore>();
        var parked = Assert.Single(await state.ListAsync("parked/", Cancellation));
        return (await state.ReadAsync(parked.Name, Cancellation))?.Content;
    }
}
