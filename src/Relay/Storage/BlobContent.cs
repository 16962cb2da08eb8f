namespace Relay.Storage;

/// <summary>What to write into a blob.</summary>
public sealed record BlobContent(string Text, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>A blob whose existence says it all.</summary>
    public static BlobContent Empty { get; } = new("");

    /// <summary>Content without metadata.</summary>
    public BlobContent(string text)
        : this(text, new Dictionary<string, string>())
    {
    }
}
