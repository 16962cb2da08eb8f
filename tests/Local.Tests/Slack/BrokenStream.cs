namespace Local.Tests.Slack;

/// <summary>A body whose connection is lost while it is read.</summary>
internal sealed class BrokenStream : MemoryStream
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        throw new IOException("The response ended prematurely.");
}
