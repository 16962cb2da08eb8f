using System.Globalization;

namespace Relay.Storage;

/// <summary>How a time is written into a blob's metadata.</summary>
internal static class MetadataTime
{
    /// <summary>The time as text, to a tenth of a microsecond.</summary>
    public static string Write(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>The time at <paramref name="key"/>; null where there is none that can be read.</summary>
    public static DateTimeOffset? TryRead(IReadOnlyDictionary<string, string> metadata, string key) =>
        DateTimeOffset.TryParse(metadata.GetValueOrDefault(key), CultureInfo.InvariantCulture, out var time) ? time : null;

    /// <summary>The time at <paramref name="key"/>; null where there is none.</summary>
    public static DateTimeOffset? Read(IReadOnlyDictionary<string, string> metadata, string key) =>
        metadata.TryGetValue(key, out var text) ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;
}
