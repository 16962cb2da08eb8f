using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using Local.Tests.Storage;
using Relay.Messages;
using Relay.Reports;
using Relay.Storage;

namespace Operations.Tests;

/// <summary>The whole program against Azurite.</summary>
public sealed class ReplayTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Parked_messages_are_in_the_queue_again_in_the_encoding_that_is_read_there()
    {
        var state = new BlobContainerClient(azurite.ConnectionString, StorageNames.State, StorageClients.BlobOptions());
        var queue = new QueueClient(azurite.ConnectionString, StorageNames.Reports, StorageClients.QueueOptions(QueueMessageEncoding.Base64));
        await state.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        await queue.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        var message = new EventsMessage(
            DateTimeOffset.UnixEpoch,
            "db",
            new Run { Id = "1", Source = "ctl" },
            [new Event { Id = "2", Kind = EventKind.Failed, At = DateTimeOffset.UnixEpoch, Host = "wéb-01", Message = "No" }]);
        await state.UploadBlobAsync("parked/poison/20261122T100000Z-0", BinaryData.FromString(message.ToJson()), Cancellation);
        await state.UploadBlobAsync("parked/poison/20261122T100001Z-1", BinaryData.FromString("rubbish"), Cancellation);
        await state.UploadBlobAsync("parked/incidents/db/20261122T100002Z-2", BinaryData.FromString("{}"), Cancellation);

        var (exitCode, output, error) = await RunningCommand.RunAsync(["replay"], environment: new() { ["Relay__Storage"] = azurite.ConnectionString });

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(["1 message is in the queue again.", "Left, since it is no message of the relay: parked/poison/20261122T100001Z-1"], output.TrimEnd().Split('\n'));
        var received = Assert.IsType<EventsMessage>(RelayMessage.Parse((await queue.ReceiveMessageAsync(cancellationToken: Cancellation)).Value.Body.ToString()));
        Assert.Equal("wéb-01", Assert.Single(received.Events).Host);
        Assert.Equal(
            ["parked/incidents/db/20261122T100002Z-2", "parked/poison/20261122T100001Z-1"],
            await state.GetBlobsAsync(BlobTraits.None, BlobStates.None, "parked/", Cancellation).Select(blob => blob.Name).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Storage_that_is_away_is_one_line()
    {
        var connection = azurite.ConnectionString.Replace("127.0.0.1", "127.0.0.2", StringComparison.Ordinal);

        var (exitCode, _, error) = await RunningCommand.RunAsync(["replay"], environment: new() { ["Relay__Storage"] = connection });

        Assert.Equal(1, exitCode);
        Assert.Matches("^Storage did not list blobs: .*Connection refused", Assert.Single(error.TrimEnd().Split('\n')));
    }
}
