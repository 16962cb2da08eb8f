namespace Relay.Storage;

/// <summary>A blob as it was read.</summary>
/// <param name="ETag">Changes with every write.</param>
/// <param name="Metadata">Small values that a listing returns too. Keys are lower-case letters; values are any text.</param>
/// <param name="Content">Null from a listing.</param>
public sealed record StoredBlob(string Name, string ETag, IReadOnlyDictionary<string, string> Metadata, string? Content = null);
