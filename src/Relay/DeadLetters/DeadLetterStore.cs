using Microsoft.Extensions.Logging;
using Relay.Storage;
using Relay.Telemetry;

namespace Relay.DeadLetters;

/// <summary>Messages that could not be handled: <c>parked/poison/{time}-{hash}</c>, the message as it was as content, the reason as metadata.</summary>
internal sealed partial class DeadLetterStore(IBlobStore blobs, ILogger<DeadLetterStore> logger)
{
    private const string What = "poison";

    /// <summary>Keeps the message, unless it is kept already.</summary>
    /// <returns>The name of its blob.</returns>
    public async Task<string> ParkAsync(DeadLetter message, DateTimeOffset at, CancellationToken cancellation)
    {
        var parked = await ListAsync(cancellation);
        var name = parked.FirstOrDefault(blob => blob.Name.EndsWith($"-{message.Hash}", StringComparison.Ordinal))?.Name;
        if (name is null)
        {
            name = ParkedName.Of(What, at, message.Hash);
            var metadata = new Dictionary<string, string> { ["kind"] = message.Kind, ["why"] = message.Why };
            await blobs.WriteAsync(name, new BlobContent(message.Text, metadata), BlobCondition.None, cancellation);
        }

        LogParked(logger, name, message.Kind, message.Bytes);
        return name;
    }

    /// <summary>Every message that is kept, the oldest first.</summary>
    public Task<IReadOnlyList<StoredBlob>> ListAsync(CancellationToken cancellation) =>
        blobs.ListAsync(ParkedName.Prefix(What), cancellation);

    /// <summary>The message as it was in the queue; null if it is kept no longer.</summary>
    public async Task<string?> ReadAsync(StoredBlob parked, CancellationToken cancellation) =>
        (await blobs.ReadAsync(parked.Name, cancellation))?.Content;

    /// <summary>Keeps it no longer.</summary>
    public Task ForgetAsync(StoredBlob parked, CancellationToken cancellation) =>
        blobs.DeleteAsync(parked.Name, BlobCondition.None, cancellation);

    [LoggerMessage(RelayEvents.Parked, LogLevel.Error, "Message parked, it could not be handled. Blob: {Blob}, Kind: {Kind}, Bytes: {Bytes}")]
    private static partial void LogParked(ILogger logger, string blob, string kind, int bytes);
}
